import type { PyValue } from '../objects/py-object.ts'
import { textOf } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Run } from '../run.ts'

/** `'user.tags.0'` as the steps that lead there. */
function stepsOf(attribute: PyValue): PyValue[] {
  if (attribute === null) return []
  const path = textOf(attribute)
  return path === undefined ? [attribute] : path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step))
}

export type Getter = (item: PyValue) => PyValue

/** Takes an attribute of each item; `fallback`, unless it is None, stands for what is missing on the way. */
export function attributeGetter(run: Run, attribute: PyValue, fallback: PyValue = null): Getter {
  const steps = stepsOf(attribute)
  return (item) => {
    let value = item
    for (const step of steps) {
      value = run.runtime.item(value, step, run)
      if (fallback !== null && value instanceof Undefined) value = fallback
    }
    return value
  }
}

/** Takes several attributes, named with commas between them, as a list to sort by. */
export function multiGetter(run: Run, attribute: PyValue, finish: Getter): Getter {
  const names = textOf(attribute)?.split(',') ?? [attribute]
  const getters = names.map((name) => attributeGetter(run, name))
  return (item) => getters.map((get) => finish(get(item)))
}

/** Lower case, unless case counts. */
export const caseFolder =
  (isCaseSensitive: boolean): Getter =>
  (value) => {
    const text = textOf(value)
    return isCaseSensitive || text === undefined ? value : text.toLowerCase()
  }
