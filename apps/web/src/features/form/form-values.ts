import type { FormVariable } from '../app/user-input-form.ts'
import { fileInputsOf, type PickedFile } from './picked-file.ts'

/** Text, numbers, choices and JSON as they are typed; a tick; files as they were picked. */
export type InputValue = string | boolean | readonly PickedFile[]
export type InputValues = Readonly<Record<string, InputValue>>

/** What a form shows before anything is entered. */
export function initialValues(variables: readonly FormVariable[]): InputValues {
  return Object.fromEntries(variables.map((variable) => [variable.variable, initialValue(variable)]))
}

function initialValue({ type, defaultValue, options }: FormVariable): InputValue {
  if (type === 'checkbox') return defaultValue === 'true'
  // A default that is no option any more is none.
  if (type === 'select') return options.includes(defaultValue) ? defaultValue : ''
  return isFileControl(type) ? [] : defaultValue
}

export type FaultReason = 'missing' | 'notNumber' | 'notJson' | 'uploading' | 'fileFailed'

/** A field that cannot be sent as it is. */
export interface FieldFault {
  readonly variable: string
  readonly reason: FaultReason
}

/** What keeps a form from being sent, in the order of its fields. */
export function findFaults(variables: readonly FormVariable[], values: InputValues): FieldFault[] {
  return variables.flatMap((variable) => {
    const reason = faultOf(variable, values[variable.variable] ?? '')
    return reason === null ? [] : [{ variable: variable.variable, reason }]
  })
}

function faultOf({ type, isRequired }: FormVariable, value: InputValue): FaultReason | null {
  if (typeof value === 'boolean') return null
  if (typeof value !== 'string') {
    if (value.some(({ state }) => state.status === 'failed')) return 'fileFailed'
    if (value.some(({ state }) => state.status === 'uploading')) return 'uploading'
    return isRequired && value.length === 0 ? 'missing' : null
  }
  if (value.trim() === '') return isRequired && type !== 'checkbox' ? 'missing' : null
  if (type === 'number') return Number.isFinite(Number(value)) ? null : 'notNumber'
  return type === 'json_object' && readJsonObject(value) === undefined ? 'notJson' : null
}

/** The object that a text of JSON is; undefined where it is something else. */
export function readJsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    // An object that is no list has named members.
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Form values as the API takes them: numbers as numbers, empty optional ones left out. */
export function toInputs(variables: readonly FormVariable[], values: InputValues): Record<string, unknown> {
  const inputs: Record<string, unknown> = {}
  for (const { variable, type } of variables) {
    const input = toInput(type, values[variable] ?? '')
    if (input !== undefined) inputs[variable] = input
  }
  return inputs
}

function toInput(type: FormVariable['type'], value: InputValue): unknown {
  if (type === 'checkbox') return value === true
  if (isFileControl(type)) {
    const files = typeof value === 'object' ? fileInputsOf(value) : []
    return type === 'file-list' && files.length > 0 ? files : files[0]
  }
  const text = String(value)
  if (text === '' || (type !== 'text-input' && type !== 'paragraph' && text.trim() === '')) return undefined
  if (type === 'number') return Number(text)
  return type === 'json_object' ? readJsonObject(text) : text
}

const isFileControl = (type: FormVariable['type']): boolean => type === 'file' || type === 'file-list'

/** Values that stand in texts; files have no place there. */
export function textValues(values: InputValues): Record<string, string | boolean> {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[name, value]])))
}
