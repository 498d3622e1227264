import type { VariableUpdate } from '@trellis/spec'
import { type Dict, isList, type Value } from '@trellis/values'
import { type Selector, Variable, VariablePool, type VariableReader } from '@trellis/variables'
import { z } from 'zod'
import { defineNode } from '../define-node.ts'
import { selectorSchema, valueSchema } from '../node-data.ts'
import { AssignError, apply, checkRule, needsValue, operations } from './operations.ts'

// What else stands there (`write_mode`) has no meaning, and the trace shows the items as they count.
const itemSchema = z.object({
  variable_selector: selectorSchema,
  input_type: z.enum(['variable', 'constant']),
  operation: z.enum(operations),
  value: valueSchema.nullish(),
})
type Item = z.infer<typeof itemSchema>

/** Changes variables of the conversation or of a loop, one after the other, and all of them or none (workflow spec 2.14). */
export const assignerV2Node = defineNode(
  {
    type: 'assigner',
    version: '2',
    defaults: () => ({ version: '2', items: [] }),
    config: z.looseObject({ items: z.array(itemSchema).catch([]) }),
    inputs: ({ items }) => {
      const selectors = items.flatMap((item) => [item.variable_selector, ...sourceOf(item)])
      return Object.fromEntries(selectors.map((selector) => [`#${selector.join('.')}#`, selector]))
    },
    assigns: ({ items }) => items.map(({ variable_selector }) => variable_selector),
  },
  ({ config: { items }, variables }) => {
    // What the file says is JSON.
    const inputs = { items } as unknown as Dict
    const changes = new Changes(variables)
    try {
      for (const item of items) change(item, changes)
    } catch (error) {
      if (!(error instanceof AssignError)) throw error
      return { status: 'failed', inputs, error: error.message, errorType: '' }
    }
    return { status: 'succeeded', inputs, processData: changes.describe(), outputs: {}, updates: changes.updates }
  },
)

const sourceOf = ({ input_type, operation, value }: Item): readonly Selector[] =>
  input_type === 'variable' && needsValue(operation) ? [toSelector(value ?? null)] : []

const toSelector = (value: Value): Selector => (isList(value) ? value.filter((part) => typeof part === 'string') : [])

function change(item: Item, changes: Changes): void {
  const { variable_selector: selector, operation, input_type: inputType } = item
  const name = selector.join('.')
  const target = changes.get(selector)
  if (!target) throw new AssignError(`The variable "${name}", which is to be changed, is not there.`)
  checkRule(operation, target.type, inputType, name)
  let value: Value = null
  if (needsValue(operation)) {
    if (inputType === 'constant') value = item.value ?? null
    else {
      const source = toSelector(item.value ?? null)
      const found = changes.get(source)
      if (!found) throw new AssignError(`The variable "${source.join('.')}", whose value "${name}" should get, is not there.`)
      // Nothing to give: the item is left out.
      if (found.value === null) return
      value = found.value
    }
  }
  // A variable keeps its type, whatever is written over it.
  changes.set(selector, new Variable(apply(operation, target, value, name), target.type))
}

/** What the items have changed so far, and behind it the variables as they are. */
class Changes implements VariableReader {
  readonly #variables: VariableReader
  readonly #changed = new VariablePool()
  readonly #updates = new Map<string, VariableUpdate>()

  constructor(variables: VariableReader) {
    this.#variables = variables
  }

  get(selector: Selector): Variable | undefined {
    const isChanged = this.#changed.get(selector.slice(0, 2)) !== undefined
    return (isChanged ? this.#changed : this.#variables).get(selector)
  }

  set(selector: Selector, variable: Variable): void {
    const [namespace = '', name = ''] = selector
    this.#changed.set(namespace, name, variable)
    this.#updates.set(`${namespace}.${name}`, { selector: [namespace, name], variable })
  }

  /** One a variable, in the order in which they were first changed. */
  get updates(): readonly VariableUpdate[] {
    return [...this.#updates.values()]
  }

  describe(): Dict {
    const described: Record<string, Value> = {}
    const list: Dict[] = []
    for (const { selector, variable } of this.#updates.values()) {
      const name = selector[1] ?? ''
      described[name] = variable.value
      list.push({ name, selector, value_type: variable.type, new_value: variable.value })
    }
    return { ...described, __updated_variables: list }
  }
}
