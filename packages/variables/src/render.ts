import { type DumpOptions, dumpJson, isDict, isList, repr, str, type Value } from '@trellis/values'
import { type FileValue, isFile, toFileMarkdown } from './file-value.ts'
import type { Variable } from './variable.ts'
import type { VariableType } from './variable-type.ts'

/** `text` is for models and requests, `markdown` for answers, `log` for records that must not tell secrets. */
export type Rendering = 'text' | 'log' | 'markdown'

const wide: DumpOptions = { ensureAscii: false }
const indented: DumpOptions = { ensureAscii: false, indent: 2 }

/** A variable as text (workflow spec 3.6). */
export function renderVariable(variable: Variable, rendering: Rendering): string {
  const { value } = variable
  if (typeof value === 'string') return rendering === 'log' && variable.type === 'secret' ? obfuscate(value) : value
  if (value === null) return ''
  if (isList(value)) return renderList(value, variable.type, rendering)
  if (!isDict(value)) return str(value)
  if (isFile(value)) return rendering === 'markdown' ? toFileMarkdown(value) : ''
  return dumpJson(value, rendering === 'text' ? wide : indented)
}

function renderList(items: readonly Value[], type: VariableType, rendering: Rendering): string {
  if (type === 'array[file]') return rendering === 'markdown' ? filesOf(items).map(toFileMarkdown).join('\n') : ''
  if (rendering === 'log') return repr(items)
  if (items.length === 0) return ''
  if (rendering === 'markdown') return items.map((item) => `- ${str(item)}`).join('\n')
  return type === 'array[string]' ? dumpJson(items, wide) : repr(items)
}

/** The files among values. */
export const filesOf = (values: readonly Value[]): FileValue[] => values.filter((value): value is FileValue => isFile(value))

const MASK = '*'

/** A secret as records show it: enough to tell which one it was. */
export function obfuscate(secret: string): string {
  if (secret === '') return ''
  const characters = [...secret]
  if (characters.length <= 8) return MASK.repeat(20)
  return `${characters.slice(0, 6).join('')}${MASK.repeat(12)}${characters.slice(-2).join('')}`
}
