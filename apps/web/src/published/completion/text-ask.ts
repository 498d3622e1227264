import type { FileInput } from '@trellis/contracts'
import { newTurn } from '../../features/chat/turn.ts'
import type { MessageStream, Sending, WebAppApi } from '../api/web-app-api.ts'
import type { TextTurn } from './text-turn.ts'

/** What a text is to be made of; kept by the tab until the server has taken it. */
export interface TextAsk {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly files?: readonly FileInput[]
  /** The text that it is to be a further version of. */
  readonly like?: { readonly messageId: string; readonly familyKey: string }
  /** Nobody wants it any more: where it was taken, it is stopped. */
  readonly isStopped?: boolean
}

export function newTextTurn(results: readonly TextTurn[], { inputs, files, like, isStopped = false }: TextAsk): TextTurn {
  const key = String(1 + Math.max(0, ...results.map((turn) => Number(turn.key))))
  return {
    ...newTurn(key, ''),
    ...(isStopped && { status: 'stopped' }),
    inputs,
    ...(files && { files }),
    answerFiles: [],
    rating: null,
    ...(like && { likeKey: like.familyKey }),
  }
}

export const sendText = (api: WebAppApi, { inputs, files = [], like }: TextAsk, sending: Sending): MessageStream =>
  like ? api.completeLike(like.messageId, sending) : api.complete({ inputs: { ...inputs }, files: [...files] }, sending)
