import type { WebMessage } from '@trellis/contracts'
import { newTurn } from '../../features/chat/turn.ts'
import { type TurnFile, toTurnFiles } from '../../features/chat/turn-file.ts'
import { readWaitingForm } from '../../features/human-input/waiting-form.ts'
import { newRun } from '../../features/workflow/run-progress.ts'
import type { Rating } from '../api/web-app-api.ts'
import type { StreamedTurn } from '../streamed-turn.ts'

/** A turn on a published page: it knows the answer that it follows, so that regenerated answers stand side by side. */
export interface ChatTurn extends StreamedTurn {
  /** Message id of the turn before; null for a first one. */
  readonly parentId: string | null
  readonly attachments: readonly TurnFile[]
  readonly rating: Rating | null
  /** It was said why. */
  readonly hasReason: boolean
  readonly suggestions: readonly string[]
}

export interface NewChatTurn {
  readonly key: string
  readonly query: string
  readonly parentId: string | null
  readonly attachments: readonly TurnFile[]
}

export function newChatTurn({ key, query, parentId, attachments }: NewChatTurn): ChatTurn {
  return { ...newTurn(key, query), parentId, attachments, answerFiles: [], rating: null, hasReason: false, suggestions: [] }
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
    status: isFailed ? 'failed' : message.is_stopped ? 'stopped' : 'done',
    messageId: message.id,
    conversationId: message.conversation_id,
    parentId,
    attachments: toTurnFiles(message.message_files, 'user'),
    answerFiles: toTurnFiles(message.message_files, 'assistant'),
    rating: message.feedback?.rating ?? null,
    hasReason: message.has_rating_reason,
    suggestions: [],
    ...(message.is_annotation && { annotation: { author: '' } }),
    ...waitingRun(message),
    // History keeps the sentence of a failure, not its code.
    ...(isFailed && { error: { code: 'unfinished', message: message.error ?? '' } }),
  }
}

/** The run of an answer that waits for somebody, as far as history tells it. */
function waitingRun({ extra_contents: contents }: WebMessage): Pick<ChatTurn, 'run'> {
  const waiting = contents.filter(({ submitted }) => !submitted)
  const forms = waiting.flatMap(({ form_definition: form }) => (form ? [readWaitingForm(form)] : []))
  return forms.length === 0 ? {} : { run: { ...newRun, status: 'paused', runId: waiting[0]?.workflow_run_id, forms } }
}

/** History keeps a turn whose answer is still being written as an empty one. */
export function isPerhapsOpen(turn: ChatTurn): boolean {
  return turn.status === 'done' && turn.answer === '' && turn.answerFiles.length === 0 && turn.run === undefined
}
