import { type Dict, getKey, isList, isNumber, toNumber, type Value } from '@trellis/values'
import type { VariableReader } from '@trellis/variables'

export const textOf = (data: Dict, key: string): string => {
  const value = getKey(data, key)
  return typeof value === 'string' ? value : ''
}
export const countOf = (data: Dict, key: string): number => {
  const value = getKey(data, key)
  return value !== undefined && isNumber(value) ? toNumber(value) : 0
}
export const selectorOf = (value: Value | undefined): readonly string[] =>
  value !== undefined && isList(value) ? value.filter((part) => typeof part === 'string') : []

/** What the nodes before say, as far as they have run, and the item of the iteration around. */
export function readBefore(config: Dict, variables: VariableReader): (string | undefined)[] {
  const sources = getKey(config, 'sources')
  const selectors = sources !== undefined && isList(sources) ? sources.map(selectorOf) : []
  return [...selectors, [textOf(config, 'item'), 'item']].map((selector) => toText(variables.get(selector)?.value))
}

export const toText = (value: Value | undefined): string | undefined =>
  value === undefined || typeof value === 'string' ? value : JSON.stringify(value)
