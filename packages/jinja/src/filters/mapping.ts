import { reprString } from '@trellis/values'
import { findAttribute, getAttribute } from '../objects/attributes.ts'
import { keyOf } from '../objects/keys.ts'
import type { PyValue } from '../objects/py-object.ts'
import { PyIterator } from '../objects/sequences.ts'
import { define } from '../objects/signature.ts'
import { repr } from '../objects/text.ts'
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
  const filter = finder('filter', name, run)
  return (item) => filter()({ positional: [item, ...rest], named }, run)
}

/** Looked up once, when the first item needs it: without items an unknown name is no error. */
function finder(kind: 'filter' | 'test', name: PyValue, run: Run): () => Builtin {
  let found: Builtin | undefined
  return () => {
    found ??= find(kind, name, run)
    return found
  }
}

function find(kind: 'filter' | 'test', name: PyValue, run: Run): Builtin {
  const key = keyOf(name)
  const builtin = typeof key === 'string' ? run.runtime[kind](key) : undefined
  if (!builtin) throw new TemplateError('TemplateRuntimeError', `No ${kind} named ${repr(name, run)}.`)
  return builtin
}

/** `select` and the like: whether a test, or the item's truth, holds of each item or of its attribute. */
function chooser({ positional, named }: Arguments, run: Run, looksUp: boolean): (item: PyValue) => boolean {
  const [attribute, ...others] = positional
  if (looksUp && attribute === undefined) throw fault('Missing parameter for attribute name')
  const get = looksUp ? attributeGetter(run, attribute ?? null) : (item: PyValue): PyValue => item
  const [name, ...rest] = looksUp ? others : positional
  if (name === undefined) return (item) => isTruthy(get(item), run)
  const test = finder('test', name, run)
  return (item) => {
    const value = get(item)
    return isTruthy(test()({ positional: [value, ...rest], named }, run), run)
  }
}

/** What is done with each item: the items that stand for it, none, itself or another. */
type Each = (item: PyValue) => PyValue | undefined

/** A generator over the items, whose first argument is what they are in: nothing happens before it is gone through. */
const overItems =
  (prepare: (args: Arguments, run: Run) => Each): Builtin =>
  ({ positional, named }, run) => {
    const [value = null, ...rest] = positional
    return new PyIterator(eachOf(value, { positional: rest, named }, run, prepare))
  }

function* eachOf(value: PyValue, args: Arguments, run: Run, prepare: (args: Arguments, run: Run) => Each): Iterable<PyValue> {
  if (!isTruthy(value, run)) return
  // Before the value is looked at: what is wrong with the arguments is told first.
  const apply = prepare(args, run)
  for (const item of iterate(value, run)) {
    run.budget.spend(1)
    const result = apply(item)
    if (result !== undefined) yield result
  }
}

const choosing = (looksUp: boolean, isKept: boolean): Builtin =>
  overItems((args, run) => {
    const holds = chooser(args, run, looksUp)
    return (item) => (holds(item) === isKept ? item : undefined)
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
  ['map', overItems(mapper)],
  ['select', choosing(false, true)],
  ['reject', choosing(false, false)],
  ['selectattr', choosing(true, true)],
  ['rejectattr', choosing(true, false)],
  ['attr', define('do_attr', ['obj', 'name'], attr)],
]
