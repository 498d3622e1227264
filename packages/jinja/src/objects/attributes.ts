import { reprString } from '@trellis/values'
import { findContainerMethod } from '../methods/containers.ts'
import { findNumberAttribute, findNumberMethod } from '../methods/numbers.ts'
import { findMarkupMethod, findStrMethod } from '../methods/str.ts'
import type { Run } from '../run.ts'
import { TemplateError } from '../template-error.ts'
import { methodOf } from './callables.ts'
import { isPlain, toPoints } from './code-points.ts'
import { Dict } from './dict.ts'
import { Markup } from './markup.ts'
import { PyObject, type PyValue } from './py-object.ts'
import { PyRange, Tuple } from './sequences.ts'
import { repr } from './text.ts'
import { isIntegral, objectTypeName, textOf, toIndex, typeName } from './types.ts'
import { Undefined } from './undefined.ts'

/** Jinja's `value.name`: an attribute, else what the value holds under the name, else undefined. */
export function getAttribute(value: PyValue, name: string, run: Run): PyValue {
  run.budget.spend(1)
  if (name.startsWith('__')) return getUnsafe(value, name)
  const attribute = findAttribute(value, name, run)
  if (attribute !== undefined) return attribute
  const held = value instanceof Dict ? value.get(name) : undefined
  return held === undefined ? missingAttribute(value, name) : held
}

/** What Python keeps behind two underscores leads out of the template; only the keys of dicts may be called so. */
function getUnsafe(value: PyValue, name: string): PyValue {
  if (value instanceof Undefined) return value.fail()
  const held = value instanceof Dict ? value.get(name) : undefined
  if (held !== undefined) return held
  const message = `access to attribute ${reprString(name)} of ${reprString(typeName(value))} object is unsafe.`
  return new Undefined(message, 'SecurityError')
}

const missingAttribute = (value: PyValue, name: string): Undefined =>
  new Undefined(`${reprString(objectTypeName(value))} has no attribute ${reprString(name)}`)

/** An attribute or a method of the value itself. */
export function findAttribute(value: PyValue, name: string, run: Run): PyValue | undefined {
  const text = textOf(value)
  if (text !== undefined) {
    if (name === 'encode') throw new TemplateError('SecurityError', "'encode' is refused: templates have no bytes")
    const method = value instanceof Markup ? findMarkupMethod(name) : findStrMethod(name)
    return method && methodOf(typeName(value), name, (args, inner) => method(text, args, inner))
  }
  const attribute = value instanceof PyObject ? value.attribute(name, run) : findNumberAttribute(value, name)
  if (attribute !== undefined) return attribute
  const method = findContainerMethod(value, name) ?? findNumberMethod(value, name)
  return method && methodOf(typeName(value), name, method)
}

/** Jinja's `value[key]`: what it holds, else, for a name, the attribute, else undefined. */
export function getItem(value: PyValue, key: PyValue, run: Run): PyValue {
  run.budget.spend(1)
  if (value instanceof Undefined) return value.fail()
  const held = heldItem(value, key)
  if (held !== undefined) return held
  const name = textOf(key)
  if (name === undefined) return new Undefined(`${objectTypeName(value)} has no element ${repr(key, run)}`)
  if (name.startsWith('__')) return getUnsafe(value, name)
  const attribute = findAttribute(value, name, run)
  return attribute === undefined ? missingAttribute(value, name) : attribute
}

/** What a value holds under a key, and nothing else. */
export function heldItem(value: PyValue, key: PyValue): PyValue | undefined {
  if (value instanceof Dict) return isHashable(key) ? value.get(key) : undefined
  if (!isIntegral(key)) return undefined
  const index = Number(key)
  const text = textOf(value)
  if (text !== undefined) return keepSafety(value, isPlain(text) ? at(text, index) : at(toPoints(text), index))
  if (Array.isArray(value)) return at(value, index)
  if (value instanceof Tuple) return at(value.items, index)
  if (!(value instanceof PyRange)) return undefined
  const place = index < 0 ? index + value.count : index
  return place >= 0 && place < value.count ? value.at(place) : undefined
}

const isHashable = (key: PyValue): boolean => !Array.isArray(key) && !(key instanceof Dict)

function at<Item>(items: { readonly length: number; readonly [index: number]: Item }, index: number): Item | undefined {
  return items[index < 0 ? index + items.length : index]
}

const keepSafety = (owner: PyValue, text: string | undefined): PyValue | undefined =>
  text !== undefined && owner instanceof Markup ? new Markup(text) : text

export interface Slice {
  readonly start: PyValue
  readonly stop: PyValue
  readonly step: PyValue
}

/** Python's `value[start:stop:step]`. */
export function getSlice(value: PyValue, slice: Slice, run: Run): PyValue {
  if (value instanceof Undefined) return value.fail()
  const text = textOf(value)
  if (text !== undefined) return keepSafety(value, sliceItems(toPoints(text), slice, run).join('')) ?? ''
  if (Array.isArray(value)) return sliceItems(value, slice, run)
  if (value instanceof Tuple) return new Tuple(sliceItems(value.items, slice, run))
  if (value instanceof PyRange) return sliceRange(value, slice)
  if (value instanceof Dict) throw new TemplateError('TypeError', "unhashable type: 'slice'")
  throw new TemplateError('TypeError', `'${typeName(value)}' object is not subscriptable`)
}

function sliceItems<Item>(items: readonly Item[], slice: Slice, run: Run): Item[] {
  const { start, count, step } = resolve(slice, items.length)
  run.budget.spend(1 + count)
  if (step === 1) return items.slice(start, start + count)
  // Each of these places is within the items.
  return Array.from({ length: count }, (_, index) => items[start + index * step] as Item)
}

function sliceRange(range: PyRange, slice: Slice): PyRange {
  const { start, stop, step } = resolve(slice, range.count)
  return new PyRange(range.at(start), range.at(stop), step * range.step)
}

interface Stretch {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly count: number
}

/** Where a slice begins and ends, how many it takes and how far apart, within a length. */
function resolve(slice: Slice, length: number): Stretch {
  const step = slice.step === null ? 1 : sliceIndex(slice.step)
  if (step === 0) throw new TemplateError('ValueError', 'slice step cannot be zero')
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const bound = (value: PyValue, fallback: number): number => {
    if (value === null) return fallback
    const index = sliceIndex(value)
    return Math.min(Math.max(index < 0 ? index + length : index, low), high)
  }
  const start = bound(slice.start, step > 0 ? low : high)
  const stop = bound(slice.stop, step > 0 ? high : low)
  return { start, stop, step, count: Math.max(0, Math.ceil((stop - start) / step)) }
}

function sliceIndex(value: PyValue): number {
  if (isIntegral(value)) return toIndex(value)
  throw new TemplateError('TypeError', 'slice indices must be integers or None or have an __index__ method')
}
