import { compareStrings, dumpJson, isDict, isFloat, isList, reprFloat, toNumber, type Value } from '@trellis/values'
import { isAmbiguous } from './scalars.ts'

/**
 * Writes YAML that PyYAML's safe loader reads as the same value, with keys in alphabetical order as Dify writes them. Texts of several
 * lines are literal blocks, so that prompts and code can be read.
 */
export function writeYaml(value: Value): string {
  if (isDict(value) && Object.keys(value).length > 0) return `${writeDict(value, '')}\n`
  if (isList(value) && value.length > 0) return `${writeList(value, '')}\n`
  return `${writeScalar(value, '')}\n`
}

const writeDict = (dict: { readonly [key: string]: Value }, indent: string): string =>
  Object.keys(dict)
    .sort(compareStrings)
    .map((key) => `${writeKey(key)}:${writeBehindKey(dict[key] ?? null, indent)}`)
    .join(`\n${indent}`)

/** As PyYAML does, a list stands under its key without more indentation. */
function writeBehindKey(value: Value, indent: string): string {
  if (isList(value) && value.length > 0) return `\n${indent}${writeList(value, indent)}`
  if (isDict(value) && Object.keys(value).length > 0) return `\n${indent}  ${writeDict(value, `${indent}  `)}`
  return ` ${writeScalar(value, `${indent}  `)}`
}

const writeList = (list: readonly Value[], indent: string): string =>
  list.map((item) => `- ${writeItem(item, `${indent}  `)}`).join(`\n${indent}`)

function writeItem(value: Value, indent: string): string {
  if (isList(value) && value.length > 0) return writeList(value, indent)
  if (isDict(value) && Object.keys(value).length > 0) return writeDict(value, indent)
  return writeScalar(value, indent)
}

/** Longer keys would need a form of their own. */
const writeKey = (key: string): string => (isPlain(key) ? key : quote(key))

function writeScalar(value: Value, indent: string): string {
  if (typeof value === 'string') return writeText(value, indent)
  if (isFloat(value)) return writeFloat(toNumber(value))
  if (isList(value)) return '[]'
  return isDict(value) ? '{}' : dumpJson(value)
}

/** PyYAML takes only what has a point for a float. */
function writeFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  const text = reprFloat(value)
  return text.includes('.') ? text : text.replace('e', '.0e')
}

function writeText(text: string, indent: string): string {
  if (isPlain(text)) return text
  if (isBlock(text)) {
    const lines = text.replace(/\n$/, '').split('\n')
    return `${text.endsWith('\n') ? '|' : '|-'}\n${lines.map((line) => (line === '' ? '' : indent + line)).join('\n')}`
  }
  return quote(text)
}

/** Letters of any script, and signs that mean nothing to YAML where they stand. */
const PLAIN = /^[\p{L}\p{N}_/.(<$+][\p{L}\p{N}\p{M} _/.()<>$+,;=~^*&!?@%|'"{}[\]\\-]*$/u

const isPlain = (text: string): boolean =>
  PLAIN.test(text) && !text.endsWith(' ') && text.length <= 500 && !isAmbiguous(text) && !/^\.+$/.test(text)

/** Lines of printable characters, of which none begins or ends in a way that a block would change. */
const isBlock = (text: string): boolean =>
  text.includes('\n') && /^[^\s]/.test(text) && !/\n\n$/.test(text) && !/[ \t]\n|[ \t]$/.test(text) && !UNPRINTABLE.test(text)

const UNPRINTABLE = /[^\n\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u

/** Double quotes: JSON's escapes are YAML's. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
