import type { ContentPart, ModelMessage } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'

const SHOWN_CHARACTERS = 10

/** Messages as the trace keeps them: texts whole, files by their ends. */
export const toMessageRecords = (messages: readonly ModelMessage[]): readonly Dict[] => messages.map(toRecord)

function toRecord(message: ModelMessage): Dict {
  const parts: readonly ContentPart[] = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : []
  return {
    role: message.role,
    text: parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n'),
    files: parts.flatMap((part): Value[] => (part.type === 'text' ? [] : [toFileRecord(part)])),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } })),
        }),
  }
}

function toFileRecord(part: Exclude<ContentPart, { type: 'text' }>): Dict {
  const data = part.url ?? `data:${part.mimeType};base64,${shorten(part.base64)}`
  return { type: part.type, data, ...(part.type === 'image' ? { detail: part.detail ?? 'high' } : {}) }
}

const shorten = (base64: string): string =>
  base64.length <= 2 * SHOWN_CHARACTERS ? base64 : `${base64.slice(0, SHOWN_CHARACTERS)}…${base64.slice(-SHOWN_CHARACTERS)}`
