import { compareNumbers, compareStrings } from '@trellis/values'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { Dict, DictView } from './dict.ts'
import type { PyValue } from './py-object.ts'
import { PyRange, Tuple } from './sequences.ts'
import { isNumberOrBoolean, iterateOrNothing, textOf, typeName } from './types.ts'
import { Undefined } from './undefined.ts'

/** Python's `left == right`. */
export function isEqual(left: PyValue, right: PyValue, run: Run): boolean {
  if (left === right) return !(typeof left === 'number' && Number.isNaN(left))
  if (left === null || right === null) return false
  if (isNumberOrBoolean(left)) return isNumberOrBoolean(right) && compareNumbers(left, right) === 0
  const text = textOf(left)
  if (text !== undefined) return text === textOf(right)
  if (left instanceof Undefined) return right instanceof Undefined
  if (typeof right !== 'object') return false
  const [one, other] = [itemsOf(left), itemsOf(right)]
  if (one && other && typeName(left) === typeName(right)) {
    run.budget.spend(1)
    return one.length === other.length && run.budget.nested(() => one.every((item, index) => isEqual(item, other[index] ?? null, run)))
  }
  if (left instanceof Dict && right instanceof Dict) return equalDicts(left, right, run)
  if (left instanceof DictView && right instanceof DictView)
    return left.kind !== 'values' && equalDicts(left.dict, right.dict, run, left.kind)
  return false
}

/** Of lists and tuples, and of a range, which is as good as what it is made of. */
function itemsOf(value: PyValue): readonly PyValue[] | undefined {
  if (Array.isArray(value)) return value
  if (value instanceof PyRange) return [value.count, ...(value.count > 0 ? [value.start] : []), ...(value.count > 1 ? [value.step] : [])]
  return value instanceof Tuple ? value.items : undefined
}

function equalDicts(left: Dict, right: Dict, run: Run, kind: 'keys' | 'values' | 'items' = 'items'): boolean {
  if (left.size !== right.size) return false
  return run.budget.nested(() => {
    for (const [key, value] of left.entries()) {
      run.budget.spend(1)
      const other = right.get(key)
      if (other === undefined || (kind === 'items' && !isEqual(value, other, run))) return false
    }
    return true
  })
}

/** Below zero where `left` comes first, NaN where there is no order between numbers. Throws Python's TypeError for what has none. */
export function compare(left: PyValue, right: PyValue, operator: '<' | '<=' | '>' | '>=', run: Run): number {
  if (isNumberOrBoolean(left) && isNumberOrBoolean(right)) return compareNumbers(left, right)
  const [one, other] = [textOf(left), textOf(right)]
  if (one !== undefined && other !== undefined) return compareStrings(one, other)
  if (left instanceof Undefined) return left.fail()
  if (right instanceof Undefined) return right.fail()
  if (Array.isArray(left) && Array.isArray(right)) return compareSequences(left, right, operator, run)
  if (left instanceof Tuple && right instanceof Tuple) return compareSequences(left.items, right.items, operator, run)
  const types = `'${typeName(left)}' and '${typeName(right)}'`
  throw new TemplateError('TypeError', `'${operator}' not supported between instances of ${types}`)
}

function compareSequences(left: readonly PyValue[], right: readonly PyValue[], operator: '<' | '<=' | '>' | '>=', run: Run): number {
  for (const [index, one] of left.entries()) {
    const other = right[index]
    if (other === undefined) break
    run.budget.spend(1)
    if (!isEqual(one, other, run)) return run.budget.nested(() => compare(one, other, operator, run))
  }
  return left.length - right.length
}

/** Python's `item in container`. */
export function contains(container: PyValue, item: PyValue, run: Run): boolean {
  const text = textOf(container)
  if (text !== undefined) {
    const part = textOf(item)
    if (part === undefined) throw new TemplateError('TypeError', `'in <string>' requires string as left operand, not ${typeName(item)}`)
    return text.includes(part)
  }
  if (container instanceof Dict) return container.get(item) !== undefined
  if (container instanceof DictView && container.kind === 'keys') return container.dict.get(item) !== undefined
  const items = iterateOrNothing(container, run)
  if (!items) throw new TemplateError('TypeError', `argument of type '${typeName(container)}' is not iterable`)
  for (const each of items) {
    run.budget.spend(1)
    if (each === item || isEqual(each, item, run)) return true
  }
  return false
}

/** Sorts by keys as Python does: stable, by `<` alone. */
export function sortBy(items: readonly PyValue[], keyOf: (item: PyValue) => PyValue, isReversed: boolean, run: Run): PyValue[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }))
  if (isReversed) keyed.reverse()
  keyed.sort((left, right) => {
    run.budget.spend(2)
    // Python knows no "equal" here, only "less".
    return compare(left.key, right.key, '<', run) < 0 ? -1 : compare(right.key, left.key, '<', run) < 0 ? 1 : 0
  })
  if (isReversed) keyed.reverse()
  return keyed.map(({ item }) => item)
}
