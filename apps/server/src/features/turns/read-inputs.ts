import { AppError, type Refusal } from '@trellis/contracts'
import type { FormField } from './basic-config.ts'
import { isFilledByApp } from './external-data-tools.ts'

export type InputValue = string | number | boolean | null | object
export type Inputs = Readonly<Record<string, InputValue>>

/** Why a field does not take what it was given; whose it is is told beside it. */
export type InputFault = Pick<Refusal, 'reason'> & Partial<Pick<Refusal, 'values'>>

/**
 * Checks a caller's inputs against the app's form (workflow spec 2.3): undeclared ones are dropped, every declared one gets a key.
 * Only null counts as missing. The basic modes do not use defaults.
 * @throws AppError `invalid_param` naming the variable
 */
export function readInputs(form: readonly FormField[], given: Readonly<Record<string, unknown>>): Inputs {
  // A form may ask for "constructor", which every object has without being given it.
  const readGiven = ({ variable }: FormField): unknown => (Object.hasOwn(given, variable) ? given[variable] : undefined)
  return Object.fromEntries(form.filter(isSupported).map((field) => [field.variable, readInput(field, readGiven(field))]))
}

const isSupported = (field: FormField): boolean => !['file', 'file-list', 'json_object'].includes(field.type) && !isFilledByApp(field)

function readInput(field: FormField, value: unknown): InputValue {
  if (value === null || value === undefined) {
    if (field.required) refuse(field, 'is required in input form', { reason: 'input_missing' })
    return null
  }
  switch (field.type) {
    case 'number':
      return readNumber(field, value)
    case 'checkbox':
      return readCheckbox(value)
    case 'select':
      return readChoice(field, value)
    case 'text-input':
    case 'paragraph':
      return readText(field, value)
    default:
      return value
  }
}

function readText(field: FormField, value: unknown): string {
  if (typeof value !== 'string') return refuse(field, 'in input form must be a string', { reason: 'input_text' })
  const text = value.replaceAll('\u0000', '')
  if (field.max_length && [...text].length > field.max_length) {
    const limit = field.max_length
    refuse(field, `in input form must be less than ${limit} characters`, { reason: 'input_too_long', values: { limit } })
  }
  return text
}

function readChoice(field: FormField, value: unknown): string {
  if (typeof value !== 'string') return refuse(field, 'in input form must be a string', { reason: 'input_text' })
  const options = field.options ?? []
  if (options.includes(value)) return value
  const offered = options.join(', ')
  return refuse(field, `in input form must be one of the following: ${offered}`, { reason: 'input_choice', values: { offered } })
}

/** Whole numbers, or with a decimal point (and then perhaps an exponent): what Python's `int` and `float` take. */
const NUMERAL = /^\s*[+-]?(\d+|(\d+\.\d*|\.\d+)(e[+-]?\d+)?)\s*$/i

function readNumber(field: FormField, value: unknown): number | null {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'number' && typeof value !== 'string')
    return refuse(field, 'in input form must be a number', { reason: 'input_number' })
  if (typeof value === 'string' && value.trim() === '') return null
  const parsed = typeof value === 'number' || NUMERAL.test(value) ? Number(value) : Number.NaN
  return Number.isFinite(parsed) ? parsed : refuse(field, 'in input form must be a valid number', { reason: 'input_number' })
}

const TRUE_WORDS = ['true', '1', 'yes', 'on']
const FALSE_WORDS = ['false', '0', 'no', 'off']

function readCheckbox(value: InputValue): InputValue {
  if (value === 1 || value === 0) return value === 1
  if (typeof value !== 'string') return value
  const word = value.trim().toLowerCase()
  if (TRUE_WORDS.includes(word)) return true
  return FALSE_WORDS.includes(word) ? false : value
}

function refuse(field: FormField, what: string, { reason, values }: InputFault): never {
  const refusal: Refusal = { reason, values: { field: labelOf(field), ...values } }
  throw new AppError('invalid_param', { message: `${field.variable} ${what}`, param: field.variable, refusal })
}

/** As the form shows it. */
const labelOf = ({ label, variable }: FormField): string => (typeof label === 'string' && label !== '' ? label : variable)
