import type { ContentPart, ModelCall, ModelMessage } from '@trellis/spec'

/**
 * A call as the input of a prediction. Its language models take one prompt and one system prompt, no list of messages: a single
 * question goes as it is, a conversation as a script that ends where the model is to speak.
 */
export function toPredictionInput(call: ModelCall): Readonly<Record<string, unknown>> {
  const { response_format: _format, json_schema: _schema, ...parameters } = call.parameters
  const system = [...call.messages.filter(({ role }) => role === 'system').map(({ content }) => textOf(content)), ...instructionsOf(call)]
  const turns = call.messages.filter(({ role }) => role !== 'system')
  const [only] = turns
  return {
    ...parameters,
    prompt: turns.length === 1 && only?.role === 'user' ? textOf(only.content) : `${turns.map(toLine).join('\n\n')}\n\nAssistant:`,
    ...(system.length === 0 ? {} : { system_prompt: system.join('\n\n') }),
    ...(call.stop === undefined || call.stop.length === 0 ? {} : { stop_sequences: call.stop.join(',') }),
  }
}

function instructionsOf({ responseFormat }: ModelCall): readonly string[] {
  if (responseFormat === undefined || responseFormat.type === 'text') return []
  const instruction = 'Answer with one JSON object and nothing else: no explanation, no code fence.'
  if (responseFormat.type === 'json') return [instruction]
  return [`${instruction} It must follow this JSON schema:\n${JSON.stringify(responseFormat.schema)}`]
}

const SPEAKERS: Readonly<Record<ModelMessage['role'], string>> = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' }

const toLine = ({ role, content }: ModelMessage): string => `${SPEAKERS[role]}: ${textOf(content)}`

/** Parts that the prompt has no place for are named, so that the model knows of them. */
function textOf(content: string | readonly ContentPart[]): string {
  if (typeof content === 'string') return content
  return content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`)).join('\n')
}
