import { AppError, type ErrorCode, errorCatalog, type ResponseMode, type RunEvent } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import {
  createMessageFrames,
  createSpeechFrames,
  type FrameEnvelope,
  type SpeechFrames,
  toMetadata,
  toSources,
  toWireCode,
} from '../../http/compat/message-frames.ts'
import type { handled } from '../../http/mount.ts'
import { type EventBatch, type FollowDependencies, foldText, followChannel, followRun, type RunRow } from '../runs/index.ts'
import type { AnswerSpeech } from '../speech/index.ts'
import type { StartedTurn } from '../turns/index.ts'
import { readStreamWish, type StreamWish } from './stream-position.ts'
import { type RunStream, type StreamDependencies, streamRun } from './stream-run.ts'

export interface RespondDependencies extends FollowDependencies, StreamDependencies {}

export interface TurnReply {
  readonly turn: StartedTurn
  readonly mode: ResponseMode
  readonly detail: 'full' | 'simple'
  /** The answer's sound, where its stream is to bring it. */
  readonly speech?: AnswerSpeech | undefined
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers with the run's events as they come, or with the whole once it is there. */
export async function respondWithTurn(dependencies: RespondDependencies, { turn, mode, detail, speech, request, reply }: TurnReply) {
  const envelope: FrameEnvelope = { ...turn, mode: turn.mode === 'completion' ? 'completion' : 'chat', detail }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followChannel(dependencies, turn.channel, undefined, signal)
  if (mode === 'blocking') return toBlockingAnswer(envelope, batches(new AbortController().signal))
  const spoken =
    speech && ((signal: AbortSignal) => thenSpeak(batches(signal), { turn, speech, frames: createSpeechFrames(envelope), signal }))
  return streamRun(dependencies, streamOf(envelope, { batches: spoken ?? batches, wish: readStreamWish(request), reply }))
}

interface Speaking {
  readonly turn: StartedTurn
  readonly speech: AnswerSpeech
  readonly frames: SpeechFrames
  readonly signal: AbortSignal
}

/** The answer, and behind it how it sounds, where it came to its end. */
async function* thenSpeak(
  batches: AsyncIterable<EventBatch>,
  { turn, speech, frames, signal }: Speaking,
): AsyncGenerator<EventBatch | string> {
  let last: RunEvent | undefined
  for await (const batch of batches) {
    last = batch.events.at(-1)
    yield batch
  }
  if (last?.type !== 'run-end' || last.isStopped) return
  // The run leaves its place to the speech: where an app has one, both come one after the other.
  await turn.channel.ended
  if (signal.aborted) return
  for await (const sound of speech(signal)) yield frames.toFrame(sound)
  yield frames.end
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
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followRun(dependencies, run.id, wish.after, signal)
  return streamRun(dependencies, streamOf(envelope, { batches, wish, reply }))
}

const streamOf = (
  envelope: FrameEnvelope,
  { wish, ...stream }: Pick<RunStream, 'batches' | 'reply'> & { readonly wish: StreamWish },
): RunStream => ({ ...stream, translator: createMessageFrames(envelope, wish), about: { messageId: envelope.messageId } })

async function toBlockingAnswer(envelope: FrameEnvelope, batches: AsyncIterable<EventBatch>) {
  let answer = ''
  let last: RunEvent | undefined
  for await (const { events } of batches) {
    answer = foldText(answer, events)
    last = events.at(-1)
  }
  if (last?.type === 'run-error') {
    throw new AppError(toKnownCode(toWireCode(last.code)), { message: last.message, refusal: last.details })
  }
  if (last?.type !== 'run-end') throw new AppError('run_interrupted')
  return {
    event: 'message' as const,
    task_id: envelope.taskId,
    id: envelope.messageId,
    message_id: envelope.messageId,
    conversation_id: envelope.conversationId,
    mode: envelope.mode,
    answer,
    metadata: toMetadata(last.usage, envelope.detail, toSources(last)),
    created_at: Math.floor(envelope.createdAtMs / 1000),
  }
}

/** A journal may hold codes of an older version. */
const toKnownCode = (code: string): ErrorCode => (code in errorCatalog ? (code as ErrorCode) : 'internal_server_error')
