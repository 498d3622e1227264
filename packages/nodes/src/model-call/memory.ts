import type { ContentPart, NodeModel } from '@trellis/spec'
import type { RolePrefix } from './model-data.ts'

/** What is left for memory where nobody knows the model's window. */
const TOKENS_WITHOUT_WINDOW = 2000

/** Tokens that the window leaves beside the answer and `promptTokens` (workflow spec 6.5). */
export function leftTokens({ entry }: NodeModel, parameters: Readonly<Record<string, unknown>>, promptTokens: number): number {
  if (!entry.contextSize) return TOKENS_WITHOUT_WINDOW
  const rule = entry.parameterRules.find(({ name, use_template }) => name === 'max_tokens' || use_template === 'max_tokens')
  const asked = rule && (parameters[rule.name] || parameters['max_tokens'])
  return Math.max(0, entry.contextSize - (typeof asked === 'number' ? asked : 0) - promptTokens)
}

interface Said {
  readonly role: string
  readonly content: string | readonly ContentPart[]
}

/** What was said before as labelled lines. */
export function toHistoryText(history: readonly Said[], prefixes: RolePrefix): string {
  return history
    .flatMap((message) => {
      if (message.role !== 'user' && message.role !== 'assistant') return []
      return [`${message.role === 'user' ? prefixes.user : prefixes.assistant}: ${textOf(message.content)}`]
    })
    .join('\n')
}

function textOf(content: Said['content']): string {
  if (typeof content === 'string') return content
  return content.flatMap((part) => (part.type === 'text' ? [part.text] : part.type === 'image' ? ['[image]'] : [])).join('\n')
}
