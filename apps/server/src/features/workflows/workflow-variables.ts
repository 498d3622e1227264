import { AppError, type AppErrorOptions, type Refusal } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import { type Dict, dumpJson, float, getKey, isInteger, isList, toNumber, type Value } from '@trellis/values'
import { declareVariable, TypeMismatchError, type Variable, type VariableType } from '@trellis/variables'
import { textOf } from './workflow-document.ts'

/** Where variables of a workflow stand: the first part of their selectors. */
export type VariableNamespace = 'env' | 'conversation'

/** A variable as runs read it. */
export interface WorkflowVariable {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly declaredType: VariableType
  readonly variable: Variable
}

const typesOf: Readonly<Record<VariableNamespace, readonly VariableType[]>> = {
  env: ['string', 'number', 'integer', 'float', 'secret', 'boolean'],
  conversation: [
    'string',
    'number',
    'integer',
    'float',
    'boolean',
    'object',
    'array[string]',
    'array[number]',
    'array[object]',
    'array[boolean]',
  ],
}
const paramOf: Readonly<Record<VariableNamespace, string>> = { env: 'environment_variables', conversation: 'conversation_variables' }

const MAX_DESCRIPTION_LENGTH = 255
/** What the tables that keep variables take of names and ids. */
const MAX_NAME_LENGTH = 255

/**
 * Checks variables and completes what may be absent (workflow spec 1.6); of those that share a name the last one counts.
 * @throws AppError `invalid_param` naming the variable
 */
export function readVariables(namespace: VariableNamespace, given: readonly Dict[], maxBytes: number): readonly Dict[] {
  const byName = new Map<string, Dict>()
  for (const [index, item] of given.entries()) {
    const variable = completeVariable(namespace, item, { index, maxBytes })
    const name = textOf(variable, 'name')
    // Put back at the end, where the last one stands.
    byName.delete(name)
    byName.set(name, variable)
  }
  return [...byName.values()]
}

/** Descriptions of what people write in the editor are bounded; those of app files are not. @throws AppError `invalid_param` */
export function assertShortDescriptions(variables: readonly Dict[]): void {
  const long = variables.find((variable) => textOf(variable, 'description').length > MAX_DESCRIPTION_LENGTH)
  if (long) {
    const values = { name: textOf(long, 'name'), limit: MAX_DESCRIPTION_LENGTH }
    const told = `the description of "${values.name}" takes at most ${values.limit} characters`
    refuse('conversation', told, { reason: 'variable_description', values })
  }
}

function completeVariable(
  namespace: VariableNamespace,
  given: Dict,
  { index, maxBytes }: { readonly index: number; readonly maxBytes: number },
): Dict {
  const name = textOf(given, 'name')
  if (name === '') refuse(namespace, `variable ${index + 1} has no name`, { reason: 'variable_nameless', values: {} })
  if (name.length > MAX_NAME_LENGTH) {
    const told: Refusal = { reason: 'name_too_long', values: { limit: MAX_NAME_LENGTH } }
    refuse(namespace, `the name of variable ${index + 1} takes at most ${MAX_NAME_LENGTH} characters`, told)
  }
  const id = getKey(given, 'id') ?? newId()
  if (typeof id !== 'string' || (namespace === 'env' && id === '')) refuse(namespace, `"${name}" has an id that is no text`)
  if (id.length > MAX_NAME_LENGTH) refuse(namespace, `the id of "${name}" takes at most ${MAX_NAME_LENGTH} characters`)
  const selector = getKey(given, 'selector') ?? null
  const complete: Dict = {
    ...given,
    id: id === '' ? newId() : id,
    description: getKey(given, 'description') ?? '',
    selector: isList(selector) && selector.length > 0 ? selector : [namespace, name],
    value: getKey(given, 'value') ?? null,
  }
  toVariable(namespace, complete)
  const sizeBytes = Buffer.byteLength(dumpJson(complete['value'] ?? null, { ensureAscii: false }))
  if (sizeBytes > maxBytes) {
    const told = `"${name}" takes ${sizeBytes} bytes; at most ${maxBytes} are allowed (MAX_VARIABLE_SIZE raises that)`
    refuse(namespace, told, { reason: 'variable_too_large', values: { name, sizeBytes, maxBytes } })
  }
  return complete
}

/** Reads a stored variable. @throws AppError `invalid_param` where its value does not fit its type */
export function toVariable(namespace: VariableNamespace, stored: Dict): WorkflowVariable {
  const name = textOf(stored, 'name')
  const declaredType = readType(namespace, stored)
  const value = getKey(stored, 'value') ?? null
  if (value === null) refuse(namespace, `"${name}" has no value`, { reason: 'variable_valueless', values: { name } })
  try {
    const variable = declareVariable(declaredType, toDeclared(declaredType, value))
    return { id: textOf(stored, 'id'), name, description: textOf(stored, 'description'), declaredType, variable }
  } catch (error) {
    if (!(error instanceof TypeMismatchError)) throw error
    const { declared: type, found: given } = error
    const refusal: Refusal = { reason: 'variable_mismatch', values: { name, type, given } }
    throw refused(namespace, `"${name}" is declared as ${type}, but its value is ${given}`, { refusal, cause: error })
  }
}

function readType(namespace: VariableNamespace, stored: Dict): VariableType {
  const given = textOf(stored, 'value_type')
  const type = typesOf[namespace].find((known) => known === given)
  if (type) return type
  const values = { name: textOf(stored, 'name'), type: given, offered: typesOf[namespace].join(', ') }
  const told = `"${values.name}" has the type "${given}". Use one of ${values.offered}`
  return refuse(namespace, told, { reason: 'variable_type_unknown', values })
}

/** A bool counts as an integer, and an editor that knows one kind of number writes 1.0 as 1. */
function toDeclared(type: VariableType, value: Value): Value {
  if (typeof value === 'boolean' && (type === 'number' || type === 'integer')) return Number(value)
  return type === 'float' && isInteger(value) ? float(toNumber(value)) : value
}

const refused = (namespace: VariableNamespace, message: string, told: Pick<AppErrorOptions, 'refusal' | 'cause'>): AppError =>
  new AppError('invalid_param', { message: `${paramOf[namespace]}: ${message}.`, param: paramOf[namespace], ...told })

function refuse(namespace: VariableNamespace, message: string, refusal?: Refusal): never {
  throw refused(namespace, message, { refusal })
}
