import { compareStrings } from './compare.ts'
import { MAX_DEPTH, tooDeep } from './python-error.ts'
import { integerText, reprFloat } from './text.ts'
import { type Dict, Float, isList, type List, type Value } from './value.ts'

export interface DumpOptions {
  /** Without the spaces behind commas and colons: Python's `separators=(',', ':')`. */
  readonly compact?: boolean
  /** Spaces a level, on lines of their own. */
  readonly indent?: number
  /** Whether what is not ASCII is written `\uXXXX`. True, as in Python, unless said otherwise. */
  readonly ensureAscii?: boolean
  readonly sortKeys?: boolean
}

interface Layout {
  readonly comma: string
  readonly colon: string
  readonly indent: string | undefined
  readonly quote: (text: string) => string
  readonly sortKeys: boolean
}

/** Python's `json.dumps(value)`: 1.0 stays 1.0, integers are exact, NaN and the infinities are written as Python writes them. */
export function dumpJson(value: Value, options: DumpOptions = {}): string {
  const hasLines = options.indent !== undefined
  const layout = {
    comma: options.compact || hasLines ? ',' : ', ',
    colon: options.compact ? ':' : ': ',
    indent: options.indent === undefined ? undefined : ' '.repeat(options.indent),
    quote: options.ensureAscii === false ? quote : quoteAscii,
    sortKeys: options.sortKeys ?? false,
  }
  return dump(value, layout, '\n', 0)
}

/** `lineBreak` is the break with the spaces of the level around the value. */
function dump(value: Value, layout: Layout, lineBreak: string, depth: number): string {
  if (typeof value === 'string') return layout.quote(value)
  if (typeof value === 'number') return Number.isInteger(value) ? integerText(value) : dumpFloat(value)
  if (value === null) return 'null'
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Float) return reprFloat(value.value)
  if (depth > MAX_DEPTH) throw tooDeep()
  const inner = layout.indent === undefined ? '' : lineBreak + layout.indent
  const outer = layout.indent === undefined ? '' : lineBreak
  return isList(value) ? dumpList(value, layout, inner, outer, depth + 1) : dumpDict(value, layout, inner, outer, depth + 1)
}

function dumpList(list: List, layout: Layout, inner: string, outer: string, depth: number): string {
  if (list.length === 0) return '[]'
  const between = layout.comma + inner
  let text = ''
  for (const item of list) text += (text && between) + dump(item, layout, inner, depth)
  return `[${inner}${text}${outer}]`
}

function dumpDict(dict: Dict, layout: Layout, inner: string, outer: string, depth: number): string {
  const keys = Object.keys(dict)
  if (keys.length === 0) return '{}'
  if (layout.sortKeys) keys.sort(compareStrings)
  const between = layout.comma + inner
  let text = ''
  for (const key of keys) text += (text && between) + layout.quote(key) + layout.colon + dump(dict[key] ?? null, layout, inner, depth)
  return `{${inner}${text}${outer}}`
}

function dumpFloat(value: number): string {
  if (Number.isFinite(value)) return reprFloat(value)
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? 'Infinity' : '-Infinity'
}

const NEEDS_NOTHING = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

const quote = (text: string): string => (NEEDS_NOTHING.test(text) ? `"${text}"` : JSON.stringify(text))

const quoteAscii = (text: string): string =>
  NEEDS_NOTHING.test(text)
    ? `"${text}"`
    : JSON.stringify(text).replace(/[\x7f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
