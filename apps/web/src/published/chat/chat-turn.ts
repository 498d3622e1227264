import type { MessageFile, SimpleMessageEvent, WebMessage } from '@trellis/contracts'
import { applyChatEvent, newTurn, type Turn } from '../../features/chat/turn.ts'
import type { MessageFrame, Rating } from '../api/web-app-api.ts'

/** A picture beside a question or in an answer. */
export interface TurnImage {
  readonly id: string
  readonly name: string
  readonly url: string
}

/** A turn on a published page: it knows the answer that it follows, so that regenerated answers stand side by side. */
export interface ChatTurn extends Turn {
  /** Message id of the turn before; null for a first one. */
  readonly parentId: string | null
  readonly images: readonly TurnImage[]
  readonly answerImages: readonly TurnImage[]
  readonly rating: Rating | null
  readonly suggestions: readonly string[]
  /** Id of the last frame that is in the text. */
  readonly lastEventId?: string
}

export interface NewChatTurn {
  readonly key: string
  readonly query: string
  readonly parentId: string | null
  readonly images: readonly TurnImage[]
}

export function newChatTurn({ key, query, parentId, images }: NewChatTurn): ChatTurn {
  return { ...newTurn(key, query), parentId, images, answerImages: [], rating: null, suggestions: [] }
}

/** Turns as the history tells them, oldest first. */
export function toChatTurns(messages: readonly WebMessage[]): ChatTurn[] {
  const ids = new Set(messages.map((message) => message.id))
  return messages.map((message, position) => toChatTurn(message, parentOf(message, { ids, before: messages[position - 1] })))
}

/** What the servers write where a turn simply follows the one before. */
const LINEAR_PARENT = '00000000-0000-0000-0000-000000000000'

function parentOf({ parent_message_id: parent }: WebMessage, thread: { ids: ReadonlySet<string>; before: WebMessage | undefined }) {
  if (parent === LINEAR_PARENT) return thread.before?.id ?? null
  return parent !== null && thread.ids.has(parent) ? parent : null
}

function toChatTurn(message: WebMessage, parentId: string | null): ChatTurn {
  const isFailed = message.status === 'error'
  return {
    key: message.id,
    query: message.query,
    answer: message.answer,
    status: isFailed ? 'failed' : 'done',
    messageId: message.id,
    conversationId: message.conversation_id,
    parentId,
    images: toImages(message.message_files, 'user'),
    answerImages: toImages(message.message_files, 'assistant'),
    rating: message.feedback?.rating ?? null,
    suggestions: [],
    // History keeps the sentence of a failure, not its code.
    ...(isFailed && { error: { code: 'unfinished', message: message.error ?? '' } }),
  }
}

function toImages(files: readonly MessageFile[], owner: 'user' | 'assistant'): TurnImage[] {
  return files.flatMap((file) =>
    file.type === 'image' && file.url !== null && (file.belongs_to ?? 'user') === owner
      ? [{ id: file.id, name: file.filename, url: file.url }]
      : [],
  )
}

/** History keeps a turn whose answer is still being written as an empty one. */
export function isPerhapsOpen(turn: ChatTurn): boolean {
  return turn.status === 'done' && turn.answer === '' && turn.answerImages.length === 0
}

/** The turn as it was before the first frame of its stream, to be read from the beginning. */
export function rewindTurn(turn: ChatTurn): ChatTurn {
  const { lastEventId: _, error: __, ...rest } = turn
  return { ...rest, answer: '', answerImages: [], status: 'waiting' }
}

/** The turn after one frame. Frames that it has already are passed over: a continued stream may repeat some. */
export function applyFrame(turn: ChatTurn, { id, event }: MessageFrame): ChatTurn {
  if (id !== undefined && isKnown(id, turn.lastEventId)) return turn
  const next = applyEvent(turn, event)
  return id === undefined ? next : { ...next, lastEventId: id }
}

function applyEvent(turn: ChatTurn, event: SimpleMessageEvent): ChatTurn {
  switch (event.event) {
    case 'message_file':
      return addImage(turn, event)
    case 'message_end':
      // Web callers are told no usage.
      return applyChatEvent(turn, { ...event, metadata: {} })
    default:
      return applyChatEvent(turn, event)
  }
}

type FileEvent = Extract<SimpleMessageEvent, { event: 'message_file' }>

function addImage(turn: ChatTurn, { id, type, url }: FileEvent): ChatTurn {
  if (type !== 'image' || turn.answerImages.some((image) => image.id === id)) return turn
  return { ...turn, answerImages: [...turn.answerImages, { id, name: '', url }] }
}

/** Ids are `<epoch>-<offset>`: the life of the run, and the place in it. */
function isKnown(id: string, lastId: string | undefined): boolean {
  const frame = parseId(id)
  const last = lastId === undefined ? undefined : parseId(lastId)
  if (!frame || !last) return false
  return frame.epoch < last.epoch || (frame.epoch === last.epoch && frame.offset <= last.offset)
}

function parseId(id: string): { readonly epoch: number; readonly offset: number } | undefined {
  const [, epoch, offset] = /^(\d+)-(\d+)$/u.exec(id) ?? []
  return epoch === undefined || offset === undefined ? undefined : { epoch: Number(epoch), offset: Number(offset) }
}
