import { AppError, type ResponseMode, type RunEvent } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SourceGatherer } from '../../http/compat/answer-sources.ts'
import { type ChatflowEnvelope, createChatflowFrames, toChatflowMetadata } from '../../http/compat/chatflow-frames.ts'
import { toPause } from '../../http/compat/pause-frames.ts'
import type { handled } from '../../http/mount.ts'
import { type ChatflowAnswer, type RespondDependencies, readStreamWish, streamRun } from '../app-runs/index.ts'
import { type EventBatch, foldText, followChannel, followRun, type RunRow } from '../runs/index.ts'
import type { StartedChatflow } from './chatflows.service.ts'

interface Answering {
  readonly createdBy: ChatflowEnvelope['createdBy']
  readonly detail: ChatflowEnvelope['detail']
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Answers with a chatflow's events as they come, or with its whole answer. */
export async function respondWithChatflow(
  dependencies: RespondDependencies,
  { started, mode, createdBy, detail, request, reply }: Answering & { readonly started: StartedChatflow; readonly mode: ResponseMode },
): Promise<ChatflowAnswer | typeof handled> {
  const envelope: ChatflowEnvelope = { ...started, createdBy, detail }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followChannel(dependencies, started.channel, undefined, signal)
  if (mode === 'blocking') return toBlockingAnswer(envelope, batches(new AbortController().signal))
  const translator = createChatflowFrames(envelope, readStreamWish(request))
  return streamRun(dependencies, { batches, translator, about: { runId: envelope.runId }, reply })
}

/** Answers with a run's events from where the caller left off, or from the beginning. */
export function respondWithChatflowRun(
  dependencies: RespondDependencies,
  { run, showsSources, createdBy, detail, request, reply }: Answering & { readonly run: RunRow; readonly showsSources: boolean },
): Promise<typeof handled> {
  const envelope: ChatflowEnvelope = {
    taskId: run.task_id,
    runId: run.id,
    workflowId: run.workflow_id ?? '',
    messageId: run.message_id ?? '',
    conversationId: run.conversation_id ?? '',
    createdAtMs: run.created_at,
    showsSources,
    createdBy,
    detail,
  }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followRun(dependencies, run.id, undefined, signal)
  const translator = createChatflowFrames(envelope, readStreamWish(request))
  return streamRun(dependencies, { batches, translator, about: { runId: run.id }, reply })
}

async function toBlockingAnswer(envelope: ChatflowEnvelope, batches: AsyncIterable<EventBatch>): Promise<ChatflowAnswer> {
  const sources = new SourceGatherer()
  let answer = ''
  let last: RunEvent | undefined
  for await (const { events } of batches) {
    answer = foldText(answer, events)
    for (const event of events) sources.add(event)
    last = events.at(-1)
  }
  if (last?.type !== 'workflow-end' && last?.type !== 'run-pause') throw new AppError('run_interrupted')
  if (last.type === 'workflow-end' && (last.status === 'failed' || last.status === 'interrupted')) {
    throw new AppError('invalid_param', { message: `Run failed: ${last.error ?? 'nobody knows why'}` })
  }
  const message = {
    id: envelope.messageId,
    message_id: envelope.messageId,
    conversation_id: envelope.conversationId,
    mode: 'advanced-chat' as const,
    answer,
    metadata: toChatflowMetadata(envelope, sources, last),
    created_at: Math.floor(envelope.createdAtMs / 1000),
  }
  if (last.type === 'workflow-end') return { event: 'message', task_id: envelope.taskId, ...message }
  const paused = { workflow_run_id: envelope.runId, ...message }
  return { event: 'workflow_paused', task_id: envelope.taskId, ...paused, data: { ...paused, ...toPause(last), status: 'paused' } }
}
