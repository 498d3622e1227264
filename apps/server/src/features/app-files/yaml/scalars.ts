import { float, integer, type Value } from '@trellis/values'

/** Plain scalars as PyYAML's safe loader reads them: YAML 1.1 with its words, octal, sexagesimal and underscores. */

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((word) => [word, true] as const),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((word) => [word, false] as const),
])
const INTEGER = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
/** Read as dates by PyYAML; here they stay the text that they are. */
const TIMESTAMP = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt]|[ \t])/

/** What a scalar without quotes stands for. */
export function readPlain(text: string): Value {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (INTEGER.test(text)) return readInteger(text)
  return FLOAT.test(text) ? readFloat(text) : text
}

/** Whether a text without quotes would be read as something else. */
export const isAmbiguous = (text: string): boolean =>
  WORDS.has(text) || INTEGER.test(text) || FLOAT.test(text) || TIMESTAMP.test(text) || text === '<<' || text === '='

function readInteger(text: string): number | bigint {
  const isNegative = text.startsWith('-')
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '')
  const size = readUnsigned(digits)
  return integer(isNegative ? -size : size)
}

function readUnsigned(digits: string): bigint {
  if (/^0[bx]/.test(digits)) return digits.length === 2 ? 0n : BigInt(digits)
  if (digits.includes(':')) return digits.split(':').reduce((sum, part) => sum * 60n + BigInt(part), 0n)
  return /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits.slice(1)}`) : BigInt(digits)
}

function readFloat(text: string): Value {
  const sign = text.startsWith('-') ? -1 : 1
  const digits = text.replace(/^[-+]/, '').replaceAll('_', '').toLowerCase()
  if (digits === '.inf') return sign * Number.POSITIVE_INFINITY
  if (digits === '.nan') return Number.NaN
  return float(sign * digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0))
}
