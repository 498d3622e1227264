import type { NodeType } from '@trellis/spec'
import { type Dict, float, getKey, isDict, isFloat, isInteger, isList, isNumber, parseJson, toNumber, type Value } from '@trellis/values'
import type { GraphNode } from './graph-document.ts'
import { GraphError, type NodeRegistry } from './plan.ts'

/** What every node's `data` has (workflow spec 2.2), read and checked. */
export interface NodeData {
  readonly type: string
  readonly title: string
  readonly node: NodeType
  readonly config: unknown
  readonly retry: { readonly maxRetries: number; readonly intervalMs: number } | undefined
  readonly errorStrategy: 'fail-branch' | 'default-value' | undefined
  readonly defaults: Readonly<Record<string, Value>>
}

export function readNode({ id, data }: GraphNode, registry: NodeRegistry): NodeData {
  const type = textOf(data, 'type')
  if (type === '') throw new GraphError(`Node "${id}" has no type.`, id)
  const node = registry.find(type, textOf(data, 'version') || '1')
  if (!node) throw new GraphError(`Node "${nameOf(id, data)}" has the type "${type}", which this version does not know.`, id)
  const parsed = node.definition.config.safeParse(data)
  if (!parsed.success) throw new GraphError(`Node "${nameOf(id, data)}" (${type}): ${firstIssue(parsed.error)}`, id)
  const strategy = getKey(data, 'error_strategy')
  return {
    type,
    title: textOf(data, 'title'),
    node,
    config: parsed.data,
    retry: node.definition.canRetry ? readRetry(getKey(data, 'retry_config')) : undefined,
    errorStrategy: strategy === 'fail-branch' || strategy === 'default-value' ? strategy : undefined,
    defaults: readDefaults(id, data),
  }
}

function firstIssue(error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] }): string {
  const [issue] = error.issues
  if (!issue) return 'its data is not valid'
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message
}

const nameOf = (id: string, data: Dict): string => textOf(data, 'title') || id

function textOf(data: Dict, key: string): string {
  const value = getKey(data, key)
  if (typeof value === 'string') return value
  return isNumber(value) ? String(toNumber(value)) : ''
}

function readRetry(config: Value | undefined): NodeData['retry'] {
  if (config === undefined || !isDict(config) || getKey(config, 'retry_enabled') !== true) return undefined
  const maxRetries = numberOf(getKey(config, 'max_retries'))
  return maxRetries > 0 ? { maxRetries, intervalMs: numberOf(getKey(config, 'retry_interval')) } : undefined
}

const numberOf = (value: Value | undefined): number => (value !== undefined && isNumber(value) ? toNumber(value) : 0)

function readDefaults(id: string, data: Dict): Readonly<Record<string, Value>> {
  const list = getKey(data, 'default_value')
  if (list === undefined || !isList(list)) return {}
  return Object.fromEntries(
    list.filter(isDict).flatMap((item): [string, Value][] => {
      const key = getKey(item, 'key')
      return typeof key === 'string' ? [[key, readDefault(id, key, item)]] : []
    }),
  )
}

/** A text where the type is another is converted; a number given as text becomes a float, as in Dify. */
function readDefault(id: string, key: string, item: Dict): Value {
  const type = getKey(item, 'type')
  const value = getKey(item, 'value') ?? null
  const converted = typeof value === 'string' && type !== 'string' ? convert(type, value) : value
  if (converted === undefined || !fits(type, converted)) {
    throw new GraphError(`Node "${id}": the default value of "${key}" is no ${String(type)}.`, id)
  }
  return converted
}

function convert(type: Value | undefined, text: string): Value | undefined {
  if (type === 'number') {
    const number = Number(text)
    return text.trim() === '' || Number.isNaN(number) ? undefined : float(number)
  }
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

function fits(type: Value | undefined, value: Value): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string'
    case 'number':
      return isInteger(value) || isFloat(value)
    case 'object':
      return isDict(value)
    case 'array[number]':
      return isList(value) && value.every(isNumber)
    case 'array[string]':
      return isList(value) && value.every((entry) => typeof entry === 'string')
    case 'array[object]':
      return isList(value) && value.every(isDict)
    default:
      return true
  }
}
