import type { FileInput } from '@trellis/contracts'
import type { TurnFile } from '../../features/chat/turn-file.ts'
import type { ChatInput } from '../api/web-app-api.ts'
import { type ChatTurn, newChatTurn } from './chat-turn.ts'

/** A question as it is asked; kept by the tab until the server has taken it. */
export interface ChatAsk {
  readonly query: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly files: readonly FileInput[]
  readonly attachments: readonly TurnFile[]
  /** Absent: it opens a conversation. */
  readonly conversationId?: string
  readonly parentId: string | null
  /** Nobody wants an answer any more: where it was taken, it is stopped. */
  readonly isStopped?: boolean
}

export function toTurn(key: string, { query, attachments, parentId, isStopped = false }: ChatAsk): ChatTurn {
  return { ...newChatTurn({ key, query, attachments, parentId }), ...(isStopped && { status: 'stopped' }) }
}

export const toInput = ({ query, inputs, files, conversationId, parentId }: ChatAsk): ChatInput => ({
  query,
  inputs: { ...inputs },
  files: [...files],
  conversationId,
  parentMessageId: parentId ?? undefined,
})
