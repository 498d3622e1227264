import type { FormVariable } from '../../features/app/user-input-form.ts'
import { nameInAddress } from '../../features/form/file-kinds.ts'
import { admit, readFileRules } from '../../features/form/file-rules.ts'
import { initialValues, readJsonObject, toInputs } from '../../features/form/form-values.ts'

export type CellFault =
  | { readonly reason: 'missing' | 'notNumber' | 'notTick' | 'notJson' | 'notAddress' | 'wrongFileType' }
  | { readonly reason: 'notOption'; readonly options: readonly string[] }
  | { readonly reason: 'tooLong' | 'tooManyFiles'; readonly limit: number }

export interface BatchCell {
  /** Undefined where the cell is empty, or wrong. */
  readonly value?: unknown
  readonly fault?: CellFault
}

const ticks: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  '1': true,
  on: true,
  false: false,
  no: false,
  '0': false,
  off: false,
}

/** What a cell is to its field. An empty one, or a column that is not there, is the field's default. */
export function readCell(variable: FormVariable, text: string | undefined): BatchCell {
  if (text === undefined || text.trim() === '') return emptyCell(variable)
  const word = text.trim()
  switch (variable.type) {
    case 'text-input':
    case 'paragraph':
      return readText(variable, text)
    case 'select':
      return variable.options.includes(word) ? { value: word } : { fault: { reason: 'notOption', options: variable.options } }
    case 'number':
      return Number.isFinite(Number(word)) ? { value: Number(word) } : { fault: { reason: 'notNumber' } }
    case 'checkbox': {
      const value = ticks[word.toLowerCase()]
      return value === undefined ? { fault: { reason: 'notTick' } } : { value }
    }
    case 'json_object': {
      const value = readJsonObject(word)
      return value === undefined ? { fault: { reason: 'notJson' } } : { value }
    }
    case 'file':
    case 'file-list':
      return readAddresses(variable, word)
  }
}

function emptyCell(variable: FormVariable): BatchCell {
  const value = toInputs([variable], initialValues([variable]))[variable.variable]
  if (value === undefined && variable.isRequired) return { fault: { reason: 'missing' } }
  return { value }
}

function readText({ maxLength }: FormVariable, text: string): BatchCell {
  // As the server counts: code points.
  return maxLength !== undefined && [...text].length > maxLength ? { fault: { reason: 'tooLong', limit: maxLength } } : { value: text }
}

/** Files come by their addresses, several of them with blanks between. */
function readAddresses(variable: FormVariable, text: string): BatchCell {
  const rules = readFileRules(variable)
  const urls = text.split(/\s+/u)
  if (urls.length > rules.maxCount) return { fault: { reason: 'tooManyFiles', limit: rules.maxCount } }
  if (!urls.every((url) => /^https?:\/\/[^\s/]+/iu.test(url))) return { fault: { reason: 'notAddress' } }
  const types = urls.map((url) => admit(rules, nameInAddress(url), ''))
  if (types.includes(undefined)) return { fault: { reason: 'wrongFileType' } }
  const files = urls.map((url, position) => ({ type: types[position], transfer_method: 'remote_url', url }))
  return { value: variable.type === 'file' ? files[0] : files }
}
