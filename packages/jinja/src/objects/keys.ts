import { Float } from '@trellis/values'
import { TemplateError } from '../template-error.ts'
import { Markup } from './markup.ts'
import { PyObject, type PyValue } from './py-object.ts'
import { Tuple } from './sequences.ts'
import { Undefined } from './undefined.ts'

/** Begins what stands for a key that is no string; a string that begins so is told apart. */
const MARK = '\0'
const UNDEFINED = Symbol('undefined')

/**
 * What stands for a key in a Map: equal keys have the same (1, 1.0 and True are one). Throws Python's TypeError for what cannot be a key.
 */
export function keyOf(key: PyValue): unknown {
  if (typeof key === 'string') return key.startsWith(MARK) ? `${MARK}s${key}` : key
  if (typeof key === 'boolean') return Number(key)
  if (typeof key === 'bigint') return Number.isSafeInteger(Number(key)) ? Number(key) : key
  if (key instanceof Float) return key.value
  if (Array.isArray(key)) throw unhashable('list')
  if (!(key instanceof PyObject)) return key
  if (key instanceof Markup) return keyOf(key.text)
  if (key instanceof Tuple) return `${MARK}t${key.items.map((item) => partOf(keyOf(item))).join('')}`
  if (key instanceof Undefined) return UNDEFINED
  if (key.typeName === 'dict' || key.typeName.startsWith('dict_')) throw unhashable(key.typeName)
  return key
}

/** A part of a tuple's key, with its length, so that no two tuples run together. Functions and the like count by their type. */
function partOf(id: unknown): string {
  const text = `${typeof id}:${id instanceof PyObject ? id.typeName : String(id)}`
  return `${text.length}:${text}`
}

const unhashable = (typeName: string): TemplateError => new TemplateError('TypeError', `unhashable type: '${typeName}'`)
