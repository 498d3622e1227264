import type { CatalogModel, ContentPart, ModelMessage } from '@trellis/spec'
import { NodeError } from './node-error.ts'

/** A message while the prompt is being put together. */
export interface DraftMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string | readonly ContentPart[]
}

export const textDraft = (role: DraftMessage['role'], text: string): DraftMessage => ({ role, content: [{ type: 'text', text }] })

/** Files go to the front of the last message where a user says it in parts, else into one of their own. */
export function attachFiles(drafts: readonly DraftMessage[], files: readonly ContentPart[]): readonly DraftMessage[] {
  if (files.length === 0) return drafts
  const last = drafts.at(-1)
  if (last?.role !== 'user' || typeof last.content === 'string') return [...drafts, { role: 'user', content: files }]
  return [...drafts.slice(0, -1), { role: 'user', content: [...files, ...last.content] }]
}

export function takesPart({ features }: CatalogModel, type: ContentPart['type']): boolean {
  if (type === 'text') return true
  return features.includes(type === 'image' ? 'vision' : type)
}

/** The messages without what the model cannot take, and without those that say nothing. */
export function finishMessages(drafts: readonly DraftMessage[], entry: CatalogModel): readonly ModelMessage[] {
  const messages = drafts.flatMap(({ role, content }) => {
    const kept = typeof content === 'string' ? content : collapse(content.filter((part) => takesPart(entry, part.type)))
    return kept.length === 0 ? [] : [toMessage(role, kept)]
  })
  if (messages.length > 0) return messages
  throw new NodeError('NoPromptFoundError', 'The prompt is empty. Write a message, or check that the variables in it are not empty.')
}

function collapse(parts: readonly ContentPart[]): string | readonly ContentPart[] {
  const [only] = parts
  return parts.length === 1 && only?.type === 'text' ? only.text : parts
}

/** No provider takes files from the system: the user shows them. */
function toMessage(role: DraftMessage['role'], content: string | readonly ContentPart[]): ModelMessage {
  if (role !== 'system') return { role, content }
  return typeof content === 'string' ? { role, content } : { role: 'user', content }
}
