import type { CatalogModel, ModelCall, ModelMessage } from '@trellis/spec'
import { type Dict, dumpJson, isDict, isList, repairJson, toPlain, type Value } from '@trellis/values'
import { NodeError } from '../model-call/node-error.ts'
import { splitReasoning } from '../model-call/split-reasoning.ts'

const OWN_ERROR = 'LLMNodeError'

/** The call with the schema: as a parameter where the model takes one, else in words. */
export function askForStructure(call: ModelCall, entry: CatalogModel, schema: Value): ModelCall {
  if (!isDict(schema)) throw new NodeError(OWN_ERROR, 'The schema of the structured output must be a JSON object.')
  if (entry.features.includes('structured-output'))
    // A schema is plain JSON, which toPlain makes an object of.
    return { ...call, responseFormat: { type: 'json-schema', name: 'output', schema: toPlain(schema) as object } }
  const messages = withInstruction(call.messages, toInstruction(schema))
  return hasJsonMode(entry) ? { ...call, messages, responseFormat: { type: 'json' } } : { ...call, messages }
}

const hasJsonMode = ({ parameterRules }: CatalogModel): boolean =>
  parameterRules.some(
    ({ name, options }) => name === 'response_format' && options.some((option) => option === 'json_object' || option === 'JSON'),
  )

const toInstruction = (schema: Dict): string =>
  `Answer with one JSON object and nothing else: no explanation, no code fence. The object must follow this JSON schema:\n${dumpJson(schema)}`

/** What the system says begins with it, so that the app's own words come last. */
function withInstruction(messages: readonly ModelMessage[], instruction: string): readonly ModelMessage[] {
  const place = messages.findIndex(({ role }) => role === 'system')
  const system = messages[place]
  if (system?.role !== 'system') return [{ role: 'system', content: instruction }, ...messages]
  return messages.with(place, { role: 'system', content: `${instruction}\n\n${system.content}` })
}

/** The object in a reply; of a list, the first one. The schema is not checked (workflow spec 2.6). */
export function readStructure(reply: string): Dict {
  const value = repairJson(splitReasoning(reply).text)
  if (value !== undefined && isDict(value)) return value
  if (value !== undefined && isList(value)) return value.find((item) => isDict(item)) ?? {}
  throw new NodeError(OWN_ERROR, 'The model did not answer with a JSON object, as the structured output asks. Its reply is in the trace.')
}
