import type { NodeLimits } from '@trellis/spec'
import { type Dict, isDict, isList, isNumberOrBoolean, typeName, type Value } from '@trellis/values'
import { checkLength, checkText } from './check-values.ts'
import { invalidOutput } from './code-output-error.ts'
import type { DeclaredOutput } from './output-schema.ts'

type ArrayType = Extract<DeclaredOutput['type'], `array[${string}]`>

interface ArrayRule {
  readonly bound?: { readonly most: (limits: NodeLimits) => number; readonly variable: string }
  readonly item: string
  readonly allowsNull: boolean
  readonly fits: (item: Value) => boolean
  readonly convert?: (item: Value, path: string, limits: NodeLimits) => Value
}

const rules: Readonly<Record<ArrayType, ArrayRule>> = {
  'array[string]': {
    bound: { most: (limits) => limits.codeMaxStringArrayLength, variable: 'CODE_MAX_STRING_ARRAY_LENGTH' },
    item: 'a string',
    allowsNull: true,
    fits: (item) => typeof item === 'string',
    convert: (item, path, limits) => (typeof item === 'string' ? checkText(item, path, limits) : item),
  },
  'array[number]': {
    bound: { most: (limits) => limits.codeMaxNumberArrayLength, variable: 'CODE_MAX_NUMBER_ARRAY_LENGTH' },
    item: 'a number',
    allowsNull: false,
    fits: isNumberOrBoolean,
    convert: (item) => (typeof item === 'boolean' ? Number(item) : item),
  },
  'array[object]': {
    bound: { most: (limits) => limits.codeMaxObjectArrayLength, variable: 'CODE_MAX_OBJECT_ARRAY_LENGTH' },
    item: 'an object',
    allowsNull: true,
    fits: (item) => item !== null && isDict(item),
  },
  'array[boolean]': { item: 'a boolean', allowsNull: true, fits: (item) => typeof item === 'boolean' },
}

/** A list whose items are of the type that the output declares, or null. @throws CodeOutputError */
export function checkArray(
  value: Value,
  type: ArrayType,
  path: string,
  limits: NodeLimits,
  checkObject: (item: Dict, path: string) => Value = (item) => item,
): Value {
  if (value === null) return null
  if (!isList(value)) throw invalidOutput(`Output "${path}" must be a list, but \`main\` returned a value of type ${typeName(value)}.`)
  const { bound, item: wanted, allowsNull, fits, convert } = rules[type]
  if (bound) checkLength(value, path, bound.most(limits), bound.variable)
  value.forEach((item, index) => {
    if (fits(item) || (item === null && allowsNull)) return
    throw invalidOutput(`Item ${index} of output "${path}" must be ${wanted}, but is a value of type ${typeName(item)}.`)
  })
  return value.map((item, index) => {
    if (item === null) return null
    const itemPath = `${path}[${index}]`
    if (type === 'array[object]' && isDict(item)) return checkObject(item, itemPath)
    return convert ? convert(item, itemPath, limits) : item
  })
}
