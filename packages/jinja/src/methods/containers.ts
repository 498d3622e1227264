import { reprString } from '@trellis/values'
import { isEqual, sortBy } from '../objects/compare.ts'
import { Dict, DictView } from '../objects/dict.ts'
import type { PyValue } from '../objects/py-object.ts'
import { PyRange, Tuple } from '../objects/sequences.ts'
import { bind, type Parameter } from '../objects/signature.ts'
import { repr } from '../objects/text.ts'
import { iterate, toIndex, toList, typeName } from '../objects/types.ts'
import type { Arguments, Run } from '../run.ts'
import { TemplateError, type TemplateErrorKind } from '../template-error.ts'

const fail = (kind: TemplateErrorKind, message: string): never => {
  throw new TemplateError(kind, message)
}

type Method<Owner> = (run: Run, owner: Owner, ...args: PyValue[]) => PyValue
type Methods<Owner> = ReadonlyMap<string, { readonly parameters: readonly Parameter[]; readonly action: Method<Owner> }>

const table = <Owner>(methods: readonly (readonly [string, readonly Parameter[], Method<Owner>])[]): Methods<Owner> =>
  new Map(methods.map(([name, parameters, action]) => [name, { parameters, action }]))

const place = (index: number, length: number): number => Math.min(Math.max(index < 0 ? index + length : index, 0), length)

function indexOf(run: Run, items: readonly PyValue[], value: PyValue, start: PyValue, end: PyValue, message: string): number {
  const [from, to] = [place(toIndex(start), items.length), end === null ? items.length : place(toIndex(end), items.length)]
  for (let index = from; index < to; index++) {
    run.budget.spend(1)
    if (isEqual(items[index] ?? null, value, run)) return index
  }
  return fail('ValueError', message)
}

const countOf = (run: Run, items: readonly PyValue[], value: PyValue): number =>
  items.filter((item) => {
    run.budget.spend(1)
    return isEqual(item, value, run)
  }).length

const INDEX: readonly Parameter[] = ['value', ['start', 0], ['stop', null]]

function pop(run: Run, list: PyValue[], wanted: PyValue): PyValue {
  run.budget.spend(1)
  if (list.length === 0) return fail('IndexError', 'pop from empty list')
  const index = toIndex(wanted)
  const at = index < 0 ? index + list.length : index
  if (at < 0 || at >= list.length) return fail('IndexError', 'pop index out of range')
  return list.splice(at, 1)[0] ?? null
}

const listMethods = table<PyValue[]>([
  ['append', ['object'], (run, list, value) => done(run, () => list.push(value))],
  ['extend', ['iterable'], (run, list, items) => done(run, () => toList(items, run).forEach((item) => void list.push(item)))],
  [
    'insert',
    ['index', 'object'],
    (run, list, index, value) => done(run, () => list.splice(place(toIndex(index), list.length), 0, value), list.length / 8),
  ],
  [
    'remove',
    ['value'],
    (run, list, value) =>
      done(run, () => list.splice(indexOf(run, list, value, 0, null, 'list.remove(x): x not in list'), 1), list.length / 8),
  ],
  ['pop', [['index', -1]], (run, list, index) => pop(run, list, index)],
  ['clear', [], (run, list) => done(run, () => list.splice(0))],
  ['copy', [], (run, list) => toList(list, run)],
  ['reverse', [], (run, list) => done(run, () => list.reverse(), list.length)],
  ['count', ['value'], countOf],
  ['index', INDEX, (run, list, value, start, end) => indexOf(run, list, value, start, end, `${repr(value, run)} is not in list`)],
])

function done(run: Run, action: () => unknown, steps = 0): null {
  run.budget.spend(1 + steps)
  action()
  return null
}

function sortList(list: PyValue[], args: Arguments, run: Run): null {
  if (args.positional.length > 0) fail('TypeError', 'sort() takes no positional arguments')
  const [key = null, isReversed = false] = bind(
    'sort',
    [
      ['key', null],
      ['reverse', false],
    ],
    args,
  )
  const keyOf = (item: PyValue): PyValue => (key === null ? item : callKey(key, item, run))
  const sorted = sortBy(list, keyOf, toIndex(isReversed) !== 0, run)
  list.splice(0)
  for (const item of sorted) list.push(item)
  return null
}

function callKey(key: PyValue, item: PyValue, run: Run): PyValue {
  if (typeof key !== 'object' || key === null || !('call' in key) || !key.isCallable)
    return fail('TypeError', `'${typeName(key)}' object is not callable`)
  return key.call({ positional: [item], named: undefined }, run) ?? null
}

const sequenceMethods = table<Tuple | PyRange>([
  ['count', ['value'], (run, owner, value) => countOf(run, toList(owner, run), value)],
  [
    'index',
    INDEX,
    (run, owner, value, start, end) =>
      indexOf(
        run,
        toList(owner, run),
        value,
        start,
        end,
        owner instanceof Tuple ? 'tuple.index(x): x not in tuple' : `${repr(value, run)} is not in range`,
      ),
  ],
])

function missingKey(run: Run, key: PyValue): never {
  return fail('KeyError', repr(key, run))
}

function popKey(run: Run, dict: Dict, args: Arguments): PyValue {
  const [key = null, fallback] = args.positional
  if (args.positional.length === 0) fail('TypeError', 'pop expected at least 1 argument, got 0')
  const value = dict.get(key)
  if (value === undefined) return fallback === undefined ? missingKey(run, key) : fallback
  dict.delete(key)
  return value
}

function popItem(run: Run, dict: Dict): PyValue {
  run.budget.spend(dict.size)
  const last = Array.from(dict.entries()).at(-1)
  if (!last) return fail('KeyError', reprString('popitem(): dictionary is empty'))
  dict.delete(last[0])
  return new Tuple([...last])
}

/** Puts what a dict, or an iterable of pairs, has into a dict: `dict(...)` and `.update(...)`. */
export function updateDict(dict: Dict, args: Arguments, run: Run, name: string): void {
  if (args.positional.length > 1) fail('TypeError', `${name} expected at most 1 argument, got ${args.positional.length}`)
  const [source] = args.positional
  if (source instanceof Dict) copyEntries(run, source, dict)
  else if (source !== undefined) addPairs(dict, source, run)
  for (const [key, value] of args.named ?? []) dict.set(key, value)
}

function copyEntries(run: Run, source: Dict, target: Dict): Dict {
  run.budget.spend(source.size)
  for (const [key, value] of [...source.entries()]) target.set(key, value)
  return target
}

function addPairs(dict: Dict, source: PyValue, run: Run): void {
  let index = 0
  for (const item of iterate(source, run)) {
    const pair = toPair(item, index, run)
    dict.set(pair[0] ?? null, pair[1] ?? null)
    index++
  }
}

function toPair(item: PyValue, index: number, run: Run): PyValue[] {
  const isIterable = typeof item === 'string' || (typeof item === 'object' && item !== null)
  if (!isIterable) fail('TypeError', `cannot convert dictionary update sequence element #${index} to a sequence`)
  const pair = toList(item, run)
  if (pair.length !== 2) fail('ValueError', `dictionary update sequence element #${index} has length ${pair.length}; 2 is required`)
  return pair
}

const dictMethods = table<Dict>([
  ['keys', [], (_run, dict) => new DictView(dict, 'keys')],
  ['values', [], (_run, dict) => new DictView(dict, 'values')],
  ['items', [], (_run, dict) => new DictView(dict, 'items')],
  ['get', ['key', ['default', null]], (_run, dict, key, fallback) => orElse(dict.get(key), fallback)],
  ['setdefault', ['key', ['default', null]], (run, dict, key, fallback) => setDefault(run, dict, key, fallback)],
  ['popitem', [], (run, dict) => popItem(run, dict)],
  ['clear', [], (run, dict) => done(run, () => dict.clear())],
  ['copy', [], (run, dict) => copyEntries(run, dict, new Dict())],
  ['fromkeys', ['iterable', ['value', null]], (run, _dict, keys, value) => Dict.of(toList(keys, run).map((key) => [key, value]))],
])

const orElse = (value: PyValue | undefined, fallback: PyValue): PyValue => (value === undefined ? fallback : value)

function setDefault(run: Run, dict: Dict, key: PyValue, fallback: PyValue): PyValue {
  run.budget.spend(1)
  const value = dict.get(key)
  if (value !== undefined) return value
  dict.set(key, fallback)
  return fallback
}

type Bound = (args: Arguments, run: Run) => PyValue

function fromTable<Owner>(methods: Methods<Owner>, owner: Owner, name: string, typeOfOwner: string): Bound | undefined {
  const method = methods.get(name)
  return method && ((args, run) => method.action(run, owner, ...bind(`${typeOfOwner}.${name}`, method.parameters, args)))
}

/** A method of a list, tuple, range or dict by its name. */
export function findContainerMethod(owner: PyValue, name: string): Bound | undefined {
  if (Array.isArray(owner)) return name === 'sort' ? (args, run) => sortList(owner, args, run) : fromTable(listMethods, owner, name, 'list')
  if (owner instanceof Tuple || owner instanceof PyRange) return fromTable(sequenceMethods, owner, name, owner.typeName)
  if (!(owner instanceof Dict)) return undefined
  if (name === 'pop') return (args, run) => popKey(run, owner, args)
  if (name === 'update') return (args, run) => done(run, () => updateDict(owner, args, run, 'update'))
  return fromTable(dictMethods, owner, name, 'dict')
}
