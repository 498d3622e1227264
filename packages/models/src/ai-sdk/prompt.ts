import type { LanguageModelV4CallOptions, LanguageModelV4FilePart, LanguageModelV4Message, LanguageModelV4TextPart } from '@ai-sdk/provider'
import type { ContentPart, ModelCall, ModelMessage } from '@trellis/spec'

/** Our messages as an AI SDK prompt: system texts joined at its head (providers take no others), empty ones left out. */
export function toPrompt(messages: readonly ModelMessage[]): LanguageModelV4Message[] {
  const system = messages
    .filter((message) => message.role === 'system')
    .map((message) => message.content)
    .filter((text) => text.trim() !== '')
    .join('\n\n')
  const prompt: LanguageModelV4Message[] = system === '' ? [] : [{ role: 'system', content: system }]
  for (const message of messages) {
    const converted = toPromptMessage(message)
    if (converted === undefined) continue
    const previous = prompt.at(-1)
    // Results of one turn's calls belong into one message, or the provider misses some of them.
    if (converted.role === 'tool' && previous?.role === 'tool') previous.content.push(...converted.content)
    else prompt.push(converted)
  }
  return prompt
}

function toPromptMessage(message: ModelMessage): LanguageModelV4Message | undefined {
  switch (message.role) {
    case 'system':
      return undefined
    case 'user': {
      const content = toParts(message.content)
      return content.length === 0 ? undefined : { role: 'user', content }
    }
    case 'assistant': {
      const calls = (message.toolCalls ?? []).map((call) => ({
        type: 'tool-call' as const,
        toolCallId: call.id,
        toolName: call.name,
        input: parseArguments(call.arguments),
      }))
      const content = [...toParts(message.content), ...calls]
      return content.length === 0 ? undefined : { role: 'assistant', content }
    }
    case 'tool':
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: message.toolCallId,
            toolName: message.toolName,
            output: { type: 'text', value: message.content },
          },
        ],
      }
  }
}

type PromptPart = LanguageModelV4TextPart | LanguageModelV4FilePart

function toParts(content: string | readonly ContentPart[]): PromptPart[] {
  const parts = typeof content === 'string' ? [{ type: 'text', text: content } as const] : content
  return parts.flatMap((part): PromptPart[] => {
    if (part.type === 'text') return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    return [
      {
        type: 'file',
        mediaType: part.mimeType,
        data: part.base64 === undefined ? { type: 'url', url: new URL(part.url) } : { type: 'data', data: part.base64 },
        ...(part.type === 'document' && part.filename !== undefined ? { filename: part.filename } : {}),
      },
    ]
  })
}

/** What a model once wrote may not be JSON; a provider still wants an object, so it gets one that holds the text. */
function parseArguments(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    return { input: text }
  }
}

/** Tools, their choice, the response format and the stop sequences. */
export function toCallOptions(call: ModelCall): Omit<LanguageModelV4CallOptions, 'prompt'> {
  const format = call.responseFormat
  return {
    ...(call.stop === undefined || call.stop.length === 0 ? {} : { stopSequences: [...call.stop] }),
    ...(call.tools === undefined || call.tools.length === 0
      ? {}
      : {
          tools: call.tools.map(({ name, description, parameters }) => ({ type: 'function', name, description, inputSchema: parameters })),
          toolChoice: { type: call.toolChoice ?? 'auto' },
        }),
    ...(format === undefined || format.type === 'text'
      ? {}
      : { responseFormat: { type: 'json', ...(format.type === 'json' ? {} : { name: format.name, schema: format.schema }) } }),
  }
}
