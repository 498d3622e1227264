import { MAX_DEPTH, tooDeep } from './python-error.ts'
import { type Dict, Float, isList, type List, type Value } from './value.ts'

/** Python's `str(value)`. */
export const str = (value: Value): string => (typeof value === 'string' ? value : represent(value, 0))

/** Python's `repr(value)`. */
export const repr = (value: Value): string => represent(value, 0)

function represent(value: Value, depth: number): string {
  if (typeof value === 'string') return reprString(value)
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : reprFloat(value)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Float) return reprFloat(value.value)
  if (depth > MAX_DEPTH) throw tooDeep()
  return isList(value) ? representList(value, depth + 1) : representDict(value, depth + 1)
}

function representList(list: List, depth: number): string {
  let text = ''
  for (const item of list) text += `${text && ', '}${represent(item, depth)}`
  return `[${text}]`
}

function representDict(dict: Dict, depth: number): string {
  let text = ''
  for (const key of Object.keys(dict)) text += `${text && ', '}${reprString(key)}: ${represent(dict[key] ?? null, depth)}`
  return `{${text}}`
}

/** The digits of an integer, also where JavaScript would print an exponent. */
export const integerText = (value: number): string => (Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString())

/** The shortest text that reads back as the same float, in Python's layout: `1.0`, `1e-05`, `1e+16`, `inf`. */
export function reprFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
  if (!Number.isInteger(value)) return String(value)
  return Object.is(value, -0) ? '-0.0' : `${value}.0`
}

const PLAIN = /^[\x20-\x26\x28-\x5b\x5d-\x7e]*$/
// Others, controls, surrogates, private and unassigned, and every separator but the space: what Python holds unprintable.
const ESCAPED = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu
const ESCAPED_WITH_QUOTE = /[\\'\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

/** Python's `repr` of a string: single quotes unless it has only those inside, and what does not print escaped. */
export function reprString(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`
  const hasSingle = text.includes("'")
  if (hasSingle && !text.includes('"')) return `"${text.replace(ESCAPED, escapeCharacter)}"`
  return `'${text.replace(hasSingle ? ESCAPED_WITH_QUOTE : ESCAPED, escapeCharacter)}'`
}

function escapeCharacter(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\U${code.toString(16).padStart(8, '0')}`
}
