import type { ChatEvent, ChatflowEvent, Usage } from '../../api/types/conversations.ts'
import { applyFrame, newRun, type RunProgress } from '../workflow/run-progress.ts'
import type { TurnFile } from './turn-file.ts'

export type TurnStatus = 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed'

export interface TurnError {
  readonly code: string
  readonly message: string
  /** What the message says, to be worded in the reader's language. */
  readonly details?: unknown
}

/** One question and what became of it. */
export interface Turn {
  /** Ours; the message's own id comes with its first event. */
  readonly key: string
  readonly query: string
  /** Files that were asked with. */
  readonly attachments?: readonly TurnFile[]
  readonly answer: string
  readonly status: TurnStatus
  readonly taskId?: string
  readonly messageId?: string
  readonly conversationId?: string
  readonly usage?: Usage
  /** The model came to its limit of tokens before it was done; told to makers of apps alone. */
  readonly isCut?: boolean
  readonly error?: TurnError
  /** What a person wrote is the answer; who that was, where it is told. */
  readonly annotation?: { readonly author: string }
  /** Of chatflows: the run behind the answer, as far as this page has seen it. */
  readonly run?: RunProgress
}

export function newTurn(key: string, query: string): Turn {
  return { key, query, answer: '', status: 'waiting' }
}

export function isTurnOpen(turn: Turn | undefined): boolean {
  return turn?.status === 'waiting' || turn?.status === 'streaming'
}

/** The turn after one event of its stream. */
export function applyChatEvent<T extends Turn>(turn: T, event: ChatEvent): T {
  switch (event.event) {
    case 'message':
      // The first frame of a stream says nothing yet but which message it is.
      return { ...turn, ...idsOf(event), answer: turn.answer + event.answer, status: event.answer === '' ? turn.status : openStatus(turn) }
    case 'message_replace':
      return { ...turn, ...idsOf(event), answer: event.answer, status: openStatus(turn) }
    case 'message_end': {
      const usage = 'usage' in event.metadata ? event.metadata.usage : undefined
      // Stopped here, or in another window.
      const isStopped = turn.status === 'stopped' || ('is_stopped' in event && event.is_stopped === true)
      const isCut = 'is_cut' in event && event.is_cut === true
      const end = { ...(usage && { usage }), ...(isCut && { isCut }), ...annotationOf(event) }
      return { ...turn, ...idsOf(event), ...end, status: isStopped ? 'stopped' : 'done' }
    }
    case 'error':
      return failTurn({ ...turn, ...idsOf(event) }, { code: event.code, message: event.message, details: event.details })
    default:
      // Files, and events that a newer server may know, are left alone.
      return 'workflow_run_id' in event ? applyRunEvent({ ...turn, ...idsOf(event) }, event) : turn
  }
}

function annotationOf(event: Extract<ChatEvent, { readonly event: 'message_end' }>): Pick<Turn, 'annotation'> {
  const reply = 'annotation_reply' in event.metadata ? event.metadata.annotation_reply : null
  if (reply) return { annotation: { author: reply.account.name } }
  return 'is_annotation' in event && event.is_annotation ? { annotation: { author: '' } } : {}
}

function applyRunEvent<T extends Turn>(turn: T, event: ChatflowEvent): T {
  const next = { ...turn, run: applyFrame(turn.run ?? newRun, event) }
  // What waits for somebody is as whole as it can be now.
  if (event.event === 'workflow_paused') return { ...next, status: 'done' }
  if (event.event !== 'workflow_finished') return next
  // An answer that is whole has an end of its own, which comes first; who reads on late is told the end of the run alone.
  if (event.data.status === 'failed') return failTurn(next, { code: 'workflow_failed', message: event.data.error ?? '' })
  if (event.data.status === 'stopped') return { ...next, status: 'stopped' }
  return isTurnOpen(next) ? { ...next, status: 'done' } : next
}

function openStatus(turn: Turn): TurnStatus {
  return turn.status === 'stopped' ? 'stopped' : 'streaming'
}

function idsOf(event: { message_id?: string; conversation_id?: string; task_id?: string }): Partial<Turn> {
  return {
    ...(event.message_id && { messageId: event.message_id }),
    ...(event.conversation_id && { conversationId: event.conversation_id }),
    ...(event.task_id && { taskId: event.task_id }),
  }
}

export function failTurn<T extends Turn>(turn: T, error: TurnError): T {
  return { ...turn, status: 'failed', error }
}

/** What the stream's end means for a turn that no event has closed. */
export function closeTurn<T extends Turn>(turn: T): T {
  return isTurnOpen(turn) ? { ...turn, status: 'stopped' } : turn
}
