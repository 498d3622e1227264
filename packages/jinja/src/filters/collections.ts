import { getItem, getSlice } from '../objects/attributes.ts'
import { compare, isEqual, sortBy } from '../objects/compare.ts'
import { Dict, DictView } from '../objects/dict.ts'
import { keyOf } from '../objects/keys.ts'
import { operate } from '../objects/operators.ts'
import { PyObject, type PyValue } from '../objects/py-object.ts'
import { PyIterator, PyRange, Tuple } from '../objects/sequences.ts'
import { define, type Parameter } from '../objects/signature.ts'
import { isTruthy, iterate, lengthOrThrow, textOf, toIndex, toList, typeName } from '../objects/types.ts'
import { Undefined } from '../objects/undefined.ts'
import type { Builtin, Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { attributeGetter, caseFolder, multiGetter } from './getters.ts'

const SORTING: readonly Parameter[] = ['value', ['case_sensitive', false], ['attribute', null]]

function* batch(run: Run, value: PyValue, count: PyValue, fill: PyValue): Iterable<PyValue> {
  let row: PyValue[] = []
  for (const item of iterate(value, run)) {
    run.budget.spend(1)
    if (isEqual(row.length, count, run)) {
      yield row
      row = []
    }
    row.push(item)
  }
  if (row.length === 0) return
  if (fill !== null && compare(row.length, count, '<', run) < 0) {
    const room = toIndex(count) - row.length
    run.budget.spend(room)
    for (let index = 0; index < room; index++) row.push(fill)
  }
  yield row
}

function* slice(run: Run, value: PyValue, slices: PyValue, fill: PyValue): Iterable<PyValue> {
  const items = toList(value, run)
  const count = toIndex(slices)
  if (count === 0) throw new TemplateError('ZeroDivisionError', 'integer division or modulo by zero')
  const each = Math.floor(items.length / count)
  const extra = items.length - each * count
  for (let index = 0, start = 0; index < count; index++) {
    const end = start + each + (index < extra ? 1 : 0)
    run.budget.spend(1)
    const row = items.slice(start, end)
    if (fill !== null && index >= extra) row.push(fill)
    yield row
    start = end
  }
}

function* unique(run: Run, value: PyValue, isCaseSensitive: PyValue, attribute: PyValue): Iterable<PyValue> {
  const get = attributeGetter(run, attribute)
  const fold = caseFolder(isTruthy(isCaseSensitive, run))
  const seen = new Set<unknown>()
  for (const item of iterate(value, run)) {
    run.budget.spend(1)
    const key = keyOf(fold(get(item)))
    if (seen.has(key)) continue
    seen.add(key)
    yield item
  }
}

function sort(run: Run, value: PyValue, isReversed: PyValue, isCaseSensitive: PyValue, attribute: PyValue): PyValue {
  const key = multiGetter(run, attribute, caseFolder(isTruthy(isCaseSensitive, run)))
  return sortBy(toList(value, run), key, toIndex(isReversed) !== 0, run)
}

function dictSort(run: Run, value: PyValue, isCaseSensitive: PyValue, by: PyValue, isReversed: PyValue): PyValue {
  if (by !== 'key' && by !== 'value') throw new TemplateError('FilterArgumentError', 'You can only sort by either "key" or "value"')
  const fold = caseFolder(isTruthy(isCaseSensitive, run))
  const items = toList(itemsOf(value), run)
  const key = (item: PyValue): PyValue => fold(getItem(item, by === 'key' ? 0 : 1, run))
  return sortBy(items, key, toIndex(isReversed) !== 0, run)
}

function itemsOf(value: PyValue): DictView {
  if (value instanceof Dict) return new DictView(value, 'items')
  if (value instanceof Undefined) return value.fail()
  throw new TemplateError('AttributeError', `'${typeName(value)}' object has no attribute 'items'`)
}

function* items(run: Run, value: PyValue): Iterable<PyValue> {
  if (value instanceof Undefined) return
  if (!(value instanceof Dict)) throw new TemplateError('TypeError', 'Can only get item pairs from a mapping.')
  yield* new DictView(value, 'items').iterate(run)
}

const extreme =
  (isWanted: (order: number) => boolean, operator: '<' | '>') =>
  (run: Run, value: PyValue, isCaseSensitive: PyValue, attribute: PyValue): PyValue => {
    const get = attributeGetter(run, attribute)
    const fold = caseFolder(isTruthy(isCaseSensitive, run))
    let best: { readonly item: PyValue; readonly key: PyValue } | undefined
    for (const item of iterate(value, run)) {
      run.budget.spend(1)
      const key = fold(get(item))
      if (!best || isWanted(compare(key, best.key, operator, run))) best = { item, key }
    }
    return best ? best.item : new Undefined('No aggregated item, sequence was empty.')
  }

function groupBy(run: Run, value: PyValue, attribute: PyValue, fallback: PyValue, isCaseSensitive: PyValue): PyValue {
  const get = attributeGetter(run, attribute, fallback)
  const fold = caseFolder(isTruthy(isCaseSensitive, run))
  const key = (item: PyValue): PyValue => fold(get(item))
  const groups: { readonly key: PyValue; readonly list: PyValue[] }[] = []
  for (const item of sortBy(toList(value, run), key, false, run)) {
    const last = groups.at(-1)
    if (last && isEqual(last.key, key(item), run)) last.list.push(item)
    else groups.push({ key: key(item), list: [item] })
  }
  return groups.map(
    ({ key: folded, list }) => new Tuple([isTruthy(isCaseSensitive, run) ? folded : get(list[0] ?? null), list], ['grouper', 'list']),
  )
}

function sum(run: Run, value: PyValue, attribute: PyValue, start: PyValue): PyValue {
  if (textOf(start) !== undefined) throw new TemplateError('TypeError', "sum() can't sum strings [use ''.join(seq) instead]")
  const get = attributeGetter(run, attribute)
  let total = start
  for (const item of iterate(value, run)) {
    run.budget.spend(1)
    total = operate('+', total, get(item), run)
  }
  return total
}

function first(run: Run, value: PyValue): PyValue {
  for (const item of iterate(value, run)) return item
  return new Undefined('No first item, sequence was empty.')
}

function last(run: Run, value: PyValue): PyValue {
  const found = getItemOfReversible(run, value)
  return found === undefined ? new Undefined('No last item, sequence was empty.') : found
}

function getItemOfReversible(run: Run, value: PyValue): PyValue | undefined {
  if (value instanceof Undefined) return undefined
  if (!isReversible(value)) throw new TemplateError('TypeError', `'${typeName(value)}' object is not reversible`)
  if (value instanceof Dict || value instanceof DictView) return toList(value, run).at(-1)
  return lengthOrThrow(value, run) === 0 ? undefined : getItem(value, -1, run)
}

const isReversible = (value: PyValue): boolean =>
  Array.isArray(value) || textOf(value) !== undefined || [Tuple, PyRange, Dict, DictView].some((type) => value instanceof type)

function reverse(run: Run, value: PyValue): PyValue {
  if (textOf(value) !== undefined) return getSlice(value, { start: null, stop: null, step: -1 }, run)
  const isIterable = Array.isArray(value) || (value instanceof PyObject && value.iterate(run) !== undefined)
  if (!isIterable) throw new TemplateError('FilterArgumentError', 'argument must be iterable')
  const reversed = toList(value, run).reverse()
  return isReversible(value) ? new PyIterator(reversed, `${typeName(value)}_reverseiterator`) : reversed
}

function random(run: Run, value: PyValue): PyValue {
  const length = lengthOrThrow(value, run)
  if (length === 0) return new Undefined('No random item, sequence was empty.')
  return getItem(value, Math.floor(run.runtime.random() * length), run)
}

const lazily = (name: string, parameters: readonly Parameter[], make: (run: Run, ...values: PyValue[]) => Iterable<PyValue>): Builtin =>
  define(name, parameters, (run, ...values) => new PyIterator(make(run, ...values)))

export const collectionFilters: readonly (readonly [string, Builtin])[] = [
  ['batch', lazily('do_batch', ['value', 'linecount', ['fill_with', null]], batch)],
  ['slice', lazily('do_slice', ['value', 'slices', ['fill_with', null]], slice)],
  ['unique', lazily('do_unique', SORTING, unique)],
  ['items', lazily('do_items', ['value'], items)],
  ['sort', define('do_sort', ['value', ['reverse', false], ['case_sensitive', false], ['attribute', null]], sort)],
  ['dictsort', define('do_dictsort', ['value', ['case_sensitive', false], ['by', 'key'], ['reverse', false]], dictSort)],
  [
    'min',
    define(
      'do_min',
      SORTING,
      extreme((order) => order < 0, '<'),
    ),
  ],
  [
    'max',
    define(
      'do_max',
      SORTING,
      extreme((order) => order > 0, '>'),
    ),
  ],
  ['groupby', define('do_groupby', ['value', 'attribute', ['default', null], ['case_sensitive', false]], groupBy)],
  ['sum', define('do_sum', ['iterable', ['attribute', null], ['start', 0]], sum)],
  ['first', define('do_first', ['seq'], first)],
  ['last', define('do_last', ['seq'], last)],
  ['reverse', define('do_reverse', ['value'], reverse)],
  ['random', define('do_random', ['seq'], random)],
  ['list', define('do_list', ['value'], (run, value) => toList(value, run))],
  ['length', define('len', ['obj'], (run, value) => lengthOrThrow(value, run))],
  ['count', define('len', ['obj'], (run, value) => lengthOrThrow(value, run))],
]
