import type { NodeLimits } from '@trellis/spec'
import { type Dict, getKey, isDict, isList, isNumberOrBoolean, type List, typeName, type Value } from '@trellis/values'
import { checkArray } from './check-arrays.ts'
import { checkNumber, checkText } from './check-values.ts'
import { CodeOutputError, invalidOutput } from './code-output-error.ts'
import type { DeclaredOutput, DeclaredOutputs } from './output-schema.ts'

/**
 * What code returned, held against its schema; without one, only against the limits (workflow spec 2.10).
 * @throws CodeOutputError
 */
export function checkOutputs(result: Dict, declared: DeclaredOutputs | undefined, limits: NodeLimits, path = '', depth = 1): Dict {
  checkDepth(depth, limits)
  if (declared === undefined) {
    for (const [name, value] of Object.entries(result)) checkUntyped(value, below(path, name), limits, depth)
    return result
  }
  const checked = Object.entries(declared).map(([name, output]) => {
    const value = getKey(result, name)
    if (value === undefined) {
      throw invalidOutput(`Output "${below(path, name)}" is missing: it is declared, but \`main\` did not return it.`)
    }
    return [name, checkTyped(value, output, below(path, name), limits, depth)] as const
  })
  const undeclared = Object.keys(result).filter((name) => !Object.hasOwn(declared, name))
  if (undeclared.length > 0) {
    const names = undeclared.map((name) => `"${below(path, name)}"`).join(', ')
    throw new CodeOutputError('CodeNodeError', `\`main\` returned ${names}, which the node does not declare. Declare it, or leave it out.`)
  }
  return Object.fromEntries(checked)
}

function checkTyped(value: Value, output: DeclaredOutput, path: string, limits: NodeLimits, depth: number): Value {
  switch (output.type) {
    case 'boolean':
      return value
    case 'string':
      if (value === null) return null
      if (typeof value !== 'string') throw wrongType(path, 'a string', value)
      return checkText(value, path, limits)
    case 'number':
      if (value === null) return null
      if (!isNumberOrBoolean(value)) throw wrongType(path, 'a number', value)
      checkNumber(value, path, limits)
      return typeof value === 'boolean' ? Number(value) : value
    case 'object':
      if (value === null) return null
      if (!isDict(value)) throw wrongType(path, 'an object', value)
      return checkOutputs(value, output.children ?? undefined, limits, path, depth + 1)
    case 'array[object]':
      return checkArray(value, 'array[object]', path, limits, (item, itemPath) =>
        checkOutputs(item, output.children ?? undefined, limits, itemPath, depth + 1),
      )
    default:
      return checkArray(value, output.type, path, limits)
  }
}

/** Without a schema: anything, as long as lists hold things of one kind. */
function checkUntyped(value: Value, path: string, limits: NodeLimits, depth: number): void {
  if (value === null) return
  if (typeof value === 'string') checkText(value, path, limits)
  else if (isNumberOrBoolean(value)) checkNumber(value, path, limits)
  else if (isList(value)) checkUntypedList(value, path, limits, depth)
  else checkOutputs(value, undefined, limits, path, depth + 1)
}

function checkUntypedList(items: List, path: string, limits: NodeLimits, depth: number): void {
  const [first = null] = items
  // As Dify: a list that begins with nothing is not looked at.
  if (first === null) return
  const kind = kindOf(first)
  if (items.some((item) => item !== null && kindOf(item) !== kind)) {
    throw invalidOutput(
      `The items of output "${path}" are not all of one kind. Return only numbers, only texts, only objects or only lists.`,
    )
  }
  items.forEach((item, index) => {
    const itemPath = `${path}[${index}]`
    if (item !== null && isList(item)) {
      checkDepth(depth + 1, limits)
      checkUntypedList(item, itemPath, limits, depth + 1)
    } else checkUntyped(item, itemPath, limits, depth)
  })
}

function kindOf(value: Value): 'number' | 'string' | 'list' | 'object' {
  if (isNumberOrBoolean(value)) return 'number'
  if (typeof value === 'string') return 'string'
  return isList(value) ? 'list' : 'object'
}

function checkDepth(depth: number, { codeMaxDepth }: NodeLimits): void {
  if (depth <= codeMaxDepth) return
  const remedy = 'Return something flatter, or raise CODE_MAX_DEPTH.'
  throw new CodeOutputError('DepthLimitError', `What \`main\` returned is nested more than ${codeMaxDepth} levels deep. ${remedy}`)
}

const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

const wrongType = (path: string, wanted: string, value: Value): CodeOutputError =>
  invalidOutput(`Output "${path}" must be ${wanted}, but \`main\` returned a value of type ${typeName(value)}.`)
