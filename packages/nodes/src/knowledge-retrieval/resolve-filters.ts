import { type Dict, isDict, isNumber, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate, type VariableReader } from '@trellis/variables'
import type { KnowledgeRetrievalConfig } from './config.ts'

/** The node's settings with the values of metadata conditions filled in. */
export function resolveFilters({ settings, conditions }: KnowledgeRetrievalConfig, variables: VariableReader): Dict {
  const filters = settings['metadata_filtering_conditions']
  if (filters === undefined || filters === null || !isDict(filters)) return settings
  // Conditions are JSON, and so is what they become.
  const resolved = conditions.map((condition) => ({ ...condition, value: resolveValue(condition.value ?? null, variables) }) as Dict)
  return { ...settings, metadata_filtering_conditions: { ...filters, conditions: resolved } }
}

/** A value that is one reference and nothing else stays a number where it is one. */
function resolveValue(value: Value, variables: VariableReader): Value {
  if (typeof value !== 'string') return value
  const template = parseTemplate(value)
  const [only] = template
  if (template.length === 1 && only?.type === 'variable') {
    const found = variables.get(only.selector)?.value
    if (isNumber(found)) return found
  }
  return renderTemplate(template, variables, 'text')
}
