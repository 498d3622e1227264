import { AppError, type ErrorCode, errorCatalog, type ResponseMode, type RunEvent } from '@trellis/contracts'
import type { Logger } from '@trellis/spec'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createMessageFrames, type FrameEnvelope, toMetadata, toWireCode } from '../../http/compat/message-frames.ts'
import { sendEventStream } from '../../http/event-stream.ts'
import { handled } from '../../http/mount.ts'
import { type EventBatch, type FollowDependencies, foldText, followChannel, followRun, type RunRow } from '../runs/index.ts'
import type { StartedTurn } from '../turns/index.ts'
import { readStreamWish, type StreamWish } from './stream-position.ts'

export interface RespondDependencies extends FollowDependencies {
  readonly logger: Logger
  /** Counts an open stream until what it returns is called. */
  readonly onStream: () => () => void
}

export interface TurnReply {
  readonly turn: StartedTurn
  readonly mode: ResponseMode
  readonly detail: 'full' | 'simple'
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers with the run's events as they come, or with the whole once it is there. */
export async function respondWithTurn(dependencies: RespondDependencies, { turn, mode, detail, request, reply }: TurnReply) {
  const envelope: FrameEnvelope = { ...turn, mode: turn.mode === 'completion' ? 'completion' : 'chat', detail }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followChannel(dependencies, turn.channel, undefined, signal)
  if (mode === 'blocking') return toBlockingAnswer(envelope, batches(new AbortController().signal))
  return streamBatches(dependencies, { batches, envelope, wish: readStreamWish(request), reply })
}

/** Answers with a run's events from where the caller left off. */
export async function respondWithRun(
  dependencies: RespondDependencies,
  {
    run,
    detail,
    request,
    reply,
  }: { readonly run: RunRow; readonly detail: 'full' | 'simple'; readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<typeof handled> {
  const envelope: FrameEnvelope = {
    mode: run.kind === 'completion' ? 'completion' : 'chat',
    taskId: run.task_id,
    messageId: run.message_id ?? '',
    conversationId: run.conversation_id ?? '',
    createdAtMs: run.created_at,
    detail,
  }
  const wish: StreamWish = { ...readStreamWish(request), hasIds: true }
  return streamBatches(dependencies, {
    batches: (signal) => followRun(dependencies, run.id, wish.after, signal),
    envelope,
    wish,
    reply,
  })
}

interface BatchStream {
  readonly batches: (signal: AbortSignal) => AsyncIterable<EventBatch>
  readonly envelope: FrameEnvelope
  readonly wish: StreamWish
  readonly reply: FastifyReply
}

async function streamBatches(
  { logger, onStream }: RespondDependencies,
  { batches, envelope, wish, reply }: BatchStream,
): Promise<typeof handled> {
  const translator = createMessageFrames(envelope, wish)
  await sendEventStream(reply, {
    batches,
    toFrames: translator.toFrames,
    onError: (error) => logger.error({ err: error, messageId: envelope.messageId }, 'An event stream broke'),
    onOpen: onStream,
  })
  return handled
}

async function toBlockingAnswer(envelope: FrameEnvelope, batches: AsyncIterable<EventBatch>) {
  let answer = ''
  let last: RunEvent | undefined
  for await (const { events } of batches) {
    answer = foldText(answer, events)
    last = events.at(-1)
  }
  if (last?.type === 'run-error') throw new AppError(toKnownCode(toWireCode(last.code)), { message: last.message })
  if (last?.type !== 'run-end') throw new AppError('run_interrupted')
  return {
    event: 'message' as const,
    task_id: envelope.taskId,
    id: envelope.messageId,
    message_id: envelope.messageId,
    conversation_id: envelope.conversationId,
    mode: envelope.mode,
    answer,
    metadata: toMetadata(last.usage, envelope.detail),
    created_at: Math.floor(envelope.createdAtMs / 1000),
  }
}

/** A journal may hold codes of an older version. */
const toKnownCode = (code: string): ErrorCode => (code in errorCatalog ? (code as ErrorCode) : 'internal_server_error')
