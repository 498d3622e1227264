import type { SimpleMessageEvent } from '@trellis/contracts'
import { applyChatEvent, type Turn } from '../features/chat/turn.ts'
import type { TurnFile } from '../features/chat/turn-file.ts'
import type { MessageFrame } from './api/web-app-api.ts'

/** A turn that knows how far its stream was read. */
export interface StreamedTurn extends Turn {
  readonly answerFiles: readonly TurnFile[]
  /** Id of the last frame that is in the text. */
  readonly lastEventId?: string
}

/** The turn as it was before the first frame of its stream, to be read from the beginning. */
export function rewindTurn<T extends StreamedTurn>(turn: T): T {
  const { lastEventId: _, error: __, run: ___, ...rest } = turn
  // Only optional keys are gone.
  return { ...rest, answer: '', answerFiles: [], status: 'waiting' } as unknown as T
}

/** The turn after one frame. Frames that it has already are passed over: a continued stream may repeat some. */
export function applyFrame<T extends StreamedTurn>(turn: T, { id, event }: MessageFrame): T {
  if (id !== undefined && isKnown(id, turn.lastEventId)) return turn
  const next = event.event === 'message_file' ? addFile(turn, event) : applyChatEvent(turn, event)
  return id === undefined ? next : { ...next, lastEventId: id }
}

type FileEvent = Extract<SimpleMessageEvent, { event: 'message_file' }>

function addFile<T extends StreamedTurn>(turn: T, { id, type, url }: FileEvent): T {
  if (turn.answerFiles.some((file) => file.id === id)) return turn
  return { ...turn, answerFiles: [...turn.answerFiles, { id, name: '', type, url, uploadId: null }] }
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
