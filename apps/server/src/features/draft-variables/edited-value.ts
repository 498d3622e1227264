import { AppError } from '@trellis/contracts'
import { type Dict, float, isDict, isInteger, isList, isNumber, toNumber, type Value } from '@trellis/values'
import { declaredTypeOf, inferType, TypeMismatchError, type VariableType } from '@trellis/variables'

/** Turns what names files into files: uploads of the caller's, or addresses. @throws AppError `invalid_param` */
export type ResolveVariableFiles = (mappings: readonly Dict[]) => Promise<readonly Value[]>

export interface TypedValue {
  readonly type: VariableType
  readonly value: Value
}

/**
 * A value that takes the place of one of that type. Numbers may change between integers and floats, what was null may become anything.
 * @throws AppError `invalid_param` where the type is another
 */
export async function readEditedValue(type: VariableType, given: Value, resolveFiles: ResolveVariableFiles): Promise<TypedValue> {
  if (type === 'file') return { type, value: (await resolveFiles([toMapping(type, given)]))[0] ?? null }
  if (type === 'array[file]') {
    if (!isList(given)) throw refusal(type, given)
    return { type, value: await resolveFiles(given.map((item) => toMapping(type, item))) }
  }
  if (type === 'none') return { type: inferType(given), value: given }
  if (type === 'array[any]' && isList(given)) return { type: inferType(given), value: given }
  const value = type === 'float' && isInteger(given) ? float(toNumber(given)) : given
  if ((type === 'integer' || type === 'float') && isNumber(value)) return { type: inferType(value), value }
  try {
    return { type: declaredTypeOf(type, value), value }
  } catch (error) {
    throw error instanceof TypeMismatchError ? refusal(type, value, error) : error
  }
}

function toMapping(type: VariableType, given: Value): Dict {
  if (given !== null && isDict(given)) return given
  throw refusal(type, given)
}

const refusal = (type: VariableType, given: Value, cause?: unknown): AppError =>
  new AppError('invalid_param', {
    message: `value: the variable is of the type "${type}", and this is a value of the type "${inferType(given)}".`,
    param: 'value',
    refusal: { reason: 'variable_type', values: { type, given: inferType(given) } },
    cause,
  })
