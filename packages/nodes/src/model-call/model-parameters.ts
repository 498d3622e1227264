import { type Dict, isList, isNumber, PythonError, parseJson, toPlain, type Value } from '@trellis/values'
import { parseTemplate, renderTemplate, type VariableReader } from '@trellis/variables'

/** Characters that a parameter keeps of the variables in it. */
const MAX_RESOLVED_CHARACTERS = 1024

export interface ModelParameters {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly stop: readonly string[]
}

/** `completion_params` with the variables in their texts resolved (workflow spec 2.6). */
export function resolveModelParameters({ stop = null, ...given }: Dict, variables: VariableReader): ModelParameters {
  const parameters: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) parameters[name] = toPlain(resolve(value, variables))
  return { parameters, stop: isList(stop) ? stop.filter((text): text is string => typeof text === 'string' && text !== '') : [] }
}

function resolve(value: Value, variables: VariableReader): Value {
  if (typeof value !== 'string' || !value.includes('{{#')) return value
  const text = renderTemplate(parseTemplate(value), variables, 'text')
  const kept = text.length > MAX_RESOLVED_CHARACTERS ? [...text].slice(0, MAX_RESOLVED_CHARACTERS).join('') : text
  return readLiteral(kept) ?? kept
}

/** The number or boolean that a text spells. */
function readLiteral(text: string): Value | undefined {
  try {
    const value = parseJson(text.trim())
    return typeof value === 'boolean' || isNumber(value) ? value : undefined
  } catch (error) {
    if (error instanceof PythonError) return undefined
    throw error
  }
}
