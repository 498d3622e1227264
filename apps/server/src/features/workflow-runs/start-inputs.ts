import { AppError, type Refusal } from '@trellis/contracts'
import { type Dict, float, getKey, isDict, isInteger, isList, isNumber, type Value } from '@trellis/values'
import { isFile } from '@trellis/variables'
import { withoutFileMarks } from '../files/index.ts'
import type { InputFault } from '../turns/index.ts'

/** A field of the start node's form (workflow spec 2.3). */
export interface StartField {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly fallback: Value
  readonly maxLength: number | undefined
  readonly options: readonly string[]
  readonly data: Dict
}

/** The form of a start node's data. */
export function readStartFields(data: Dict): readonly StartField[] {
  const variables = getKey(data, 'variables') ?? null
  return (isList(variables) ? variables : []).filter(isDictValue).map((field) => {
    const options = getKey(field, 'options') ?? null
    const maxLength = getKey(field, 'max_length') ?? null
    return {
      name: textOf(field, 'variable'),
      type: textOf(field, 'type') || 'text-input',
      isRequired: getKey(field, 'required') === true,
      fallback: getKey(field, 'default') ?? null,
      maxLength: typeof maxLength === 'number' && maxLength > 0 ? maxLength : undefined,
      options: isList(options) ? options.filter((option) => typeof option === 'string') : [],
      data: field,
    }
  })
}

const isDictValue = (value: Value): value is Dict => isDict(value)

const textOf = (data: Dict, key: string): string => {
  const value = getKey(data, key)
  return typeof value === 'string' ? value : ''
}

/** Turns what a caller attached into file values. @throws AppError where a file is not there or not allowed */
export type ResolveFiles = (mappings: readonly Dict[], field: StartField) => Promise<readonly Value[]>

/**
 * What a run begins with: declared inputs only, each checked and converted; what is absent is its default or null.
 * @throws AppError `invalid_param` naming the input
 */
export async function prepareInputs(
  fields: readonly StartField[],
  given: Readonly<Record<string, Value>>,
  resolveFiles: ResolveFiles,
): Promise<Record<string, Value>> {
  const inputs: Record<string, Value> = {}
  for (const field of fields) {
    const checked = checkInput(field, given[field.name] ?? null)
    inputs[field.name] = isFileType(field.type) ? await toFiles(field, checked, resolveFiles) : withoutNul(checked)
  }
  return inputs
}

const isFileType = (type: string): boolean => type === 'file' || type === 'file-list'
const withoutNul = (value: Value): Value => (typeof value === 'string' ? value.replaceAll('\u0000', '') : value)

function refuse(field: StartField, message: string, { reason, values }: InputFault): never {
  const refusal: Refusal = { reason, values: { field: textOf(field.data, 'label') || field.name, ...values } }
  throw new AppError('invalid_param', { message: `${field.name} ${message}`, refusal })
}

function checkInput(field: StartField, given: Value): Value {
  if (given === null && field.isRequired) refuse(field, 'is required in input form', { reason: 'input_missing' })
  const value = given ?? field.fallback
  if (value === null || (value === '' && isFileType(field.type) && !field.isRequired)) return null
  return check(field, value)
}

function check(field: StartField, value: Value): Value {
  switch (field.type) {
    case 'text-input':
    case 'paragraph':
      return checkText(field, value)
    case 'select':
      if (typeof value !== 'string') refuse(field, 'in input form must be a string', { reason: 'input_text' })
      return checkChoice(field, value)
    case 'number':
      return toNumberInput(field, value)
    case 'checkbox':
      return toCheckbox(value)
    case 'json_object':
      if (!isDict(value) || isFile(value)) refuse(field, 'in input form must be a dict', { reason: 'input_object' })
      return withoutFileMarks(value)
    case 'file':
      if (!isDict(value)) refuse(field, 'in input form must be a file', { reason: 'input_file' })
      return value
    case 'file-list':
      if (!isList(value) || !value.every(isDict)) refuse(field, 'in input form must be a list of files', { reason: 'input_files' })
      if (field.maxLength !== undefined && value.length > field.maxLength) {
        const limit = field.maxLength
        refuse(field, `in input form must be less than ${limit} files`, { reason: 'input_files_at_most', values: { limit } })
      }
      return value
    default:
      return withoutFileMarks(value)
  }
}

function checkChoice(field: StartField, value: string): Value {
  if (field.options.includes(value)) return value
  const offered = field.options.join(', ')
  return refuse(field, `in input form must be one of the following: ${offered}`, { reason: 'input_choice', values: { offered } })
}

function checkText(field: StartField, value: Value): Value {
  if (typeof value !== 'string') refuse(field, 'in input form must be a string', { reason: 'input_text' })
  if (field.maxLength !== undefined && [...value].length > field.maxLength) {
    const limit = field.maxLength
    refuse(field, `in input form must be less than ${limit} characters`, { reason: 'input_too_long', values: { limit } })
  }
  return value
}

function toNumberInput(field: StartField, value: Value): Value {
  if (isNumber(value) || typeof value === 'boolean') return value
  if (typeof value !== 'string') refuse(field, 'in input form must be a number', { reason: 'input_number' })
  const text = value.trim()
  if (text === '') return null
  const number = Number(text)
  if (Number.isNaN(number) || !/^[-+]?[\d.]/.test(text)) refuse(field, 'in input form must be a valid number', { reason: 'input_number' })
  if (text.includes('.')) return float(number)
  if (!isInteger(number)) refuse(field, 'in input form must be a valid number', { reason: 'input_number' })
  return number
}

const checkedWords: Readonly<Record<string, boolean>> = {
  true: true,
  '1': true,
  yes: true,
  on: true,
  false: false,
  '0': false,
  no: false,
  off: false,
}

function toCheckbox(value: Value): Value {
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return value
  return checkedWords[value.trim().toLowerCase()] ?? value
}

async function toFiles(field: StartField, value: Value, resolveFiles: ResolveFiles): Promise<Value> {
  if (value === null) return null
  const mappings = isList(value) ? value.filter(isDictValue) : isDict(value) ? [value] : []
  const files = await resolveFiles(mappings, field)
  return field.type === 'file' ? (files[0] ?? null) : files
}
