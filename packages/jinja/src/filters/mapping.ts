import { reprString } from '@trellis/values'
import { findAttribute, getAttribute } from '../objects/attributes.ts'
import type { PyValue } from '../objects/py-object.ts'
import { PyIterator } from '../objects/sequences.ts'
import { define } from '../objects/signature.ts'
import { str } from '../objects/text.ts'
import { isTruthy, iterate, objectTypeName, textOf } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Arguments, Builtin, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { attributeGetter, type Getter } from './getters.ts'

const fault = (message: string): TemplateError => new TemplateError('FilterArgumentError', message)

/** `map`: an attribute of each item, or a filter applied to each. */
function mapper({ positional, named }: Arguments, run: Run): Getter {
  const attribute = named?.get('attribute')
  if (positional.length === 0 && attribute !== undefined) {
    for (const key of named?.keys() ?? [])
      if (key !== 'attribute' && key !== 'default') throw fault(`Unexpected keyword argument ${reprString(key)}`)
    return attributeGetter(run, attribute, named?.get('default') ?? null)
  }
  const [name, ...rest] = positional
  if (name === undefined) throw fault('map requires a filter argument')
  const filter = find(run.runtime.filter(str(name, run)), 'filter', str(name, run))
  return (item) => filter({ positional: [item, ...rest], named }, run)
}

function find(builtin: Builtin | undefined, kind: 'filter' | 'test', name: string): Builtin {
  if (!builtin) throw new TemplateError('TemplateRuntimeError', `No ${kind} named ${reprString(name)}.`)
  return builtin
}

/** `select` and the like: whether a test, or the item's truth, holds of each item or of its attribute. */
function chooser({ positional, named }: Arguments, run: Run, looksUp: boolean): (item: PyValue) => boolean {
  const [attribute, ...others] = positional
  if (looksUp && attribute === undefined) throw fault('Missing parameter for attribute name')
  const get = looksUp ? attributeGetter(run, attribute ?? null) : (item: PyValue): PyValue => item
  const [name, ...rest] = looksUp ? others : positional
  if (name === undefined) return (item) => isTruthy(get(item), run)
  const test = find(run.runtime.test(str(name, run)), 'test', str(name, run))
  return (item) => isTruthy(test({ positional: [get(item), ...rest], named }, run), run)
}

/** A generator over the items, whose first argument is what they are in: nothing happens before it is gone through. */
const overItems =
  (make: (items: Iterable<PyValue>, args: Arguments, run: Run) => Iterable<PyValue>): Builtin =>
  ({ positional, named }, run) => {
    const [value, ...rest] = positional
    return new PyIterator(whenAny(value ?? null, { positional: rest, named }, run, make))
  }

function* whenAny(
  value: PyValue,
  args: Arguments,
  run: Run,
  make: (items: Iterable<PyValue>, args: Arguments, run: Run) => Iterable<PyValue>,
): Iterable<PyValue> {
  if (isTruthy(value, run)) yield* make(iterate(value, run), args, run)
}

const choosing = (looksUp: boolean, isKept: boolean): Builtin =>
  overItems(function* choose(items, args, run) {
    const holds = chooser(args, run, looksUp)
    for (const item of items) {
      run.budget.spend(1)
      if (holds(item) === isKept) yield item
    }
  })

const mapping = overItems(function* map(items, args, run) {
  const apply = mapper(args, run)
  for (const item of items) {
    run.budget.spend(1)
    yield apply(item)
  }
})

/** `attr`: an attribute only, never what is held under the name. */
function attr(run: Run, value: PyValue, wanted: PyValue): PyValue {
  const name = textOf(wanted)
  if (name === undefined) throw new TemplateError('TypeError', 'attribute name must be string')
  if (value instanceof Undefined || name.startsWith('__') || findAttribute(value, name, run) !== undefined)
    return getAttribute(value, name, run)
  return new Undefined(`${reprString(objectTypeName(value))} has no attribute ${reprString(name)}`)
}

export const mappingFilters: readonly (readonly [string, Builtin])[] = [
  ['map', mapping],
  ['select', choosing(false, true)],
  ['reject', choosing(false, false)],
  ['selectattr', choosing(true, true)],
  ['rejectattr', choosing(true, false)],
  ['attr', define('do_attr', ['obj', 'name'], attr)],
]
