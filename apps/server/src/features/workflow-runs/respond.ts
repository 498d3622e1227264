import { AppError, type ResponseMode, type RunEvent, type WorkflowAnswer } from '@trellis/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { toPause } from '../../http/compat/pause-frames.ts'
import { createWorkflowFrames, toFinished, type WorkflowEnvelope } from '../../http/compat/workflow-frames.ts'
import type { handled } from '../../http/mount.ts'
import { type RespondDependencies, readStreamWish, streamRun } from '../app-runs/index.ts'
import { type EventBatch, followChannel, followRun, type RunRow } from '../runs/index.ts'
import type { StartedWorkflow } from './workflow-runs.service.ts'

interface Answering {
  readonly createdBy: WorkflowEnvelope['createdBy']
  readonly detail: WorkflowEnvelope['detail']
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface WorkflowReply extends Answering {
  readonly started: StartedWorkflow
  readonly mode: ResponseMode
}

/** Answers with a workflow's events as they come, or with its result once it is there. */
export async function respondWithWorkflow(
  dependencies: RespondDependencies,
  { started, createdBy, mode, detail, request, reply }: WorkflowReply,
): Promise<WorkflowAnswer | typeof handled> {
  const envelope: WorkflowEnvelope = { ...started, createdBy, detail }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followChannel(dependencies, started.channel, undefined, signal)
  if (mode === 'blocking') return toBlockingAnswer(envelope, batches(new AbortController().signal))
  const translator = createWorkflowFrames(envelope, readStreamWish(request))
  return streamRun(dependencies, { batches, translator, about: { runId: envelope.runId }, reply })
}

/** Answers with a run's events from the beginning, whichever process executes it. */
export function respondWithWorkflowRun(
  dependencies: RespondDependencies,
  { run, createdBy, detail, request, reply }: Answering & { readonly run: RunRow },
): Promise<typeof handled> {
  const { id: runId, task_id: taskId, workflow_id: workflowId, created_at: createdAtMs } = run
  const envelope: WorkflowEnvelope = { runId, taskId, workflowId: workflowId ?? '', createdAtMs, createdBy, detail }
  const batches = (signal: AbortSignal): AsyncIterable<EventBatch> => followRun(dependencies, runId, undefined, signal)
  const translator = createWorkflowFrames(envelope, readStreamWish(request))
  return streamRun(dependencies, { batches, translator, about: { runId }, reply })
}

async function toBlockingAnswer(envelope: WorkflowEnvelope, batches: AsyncIterable<EventBatch>): Promise<WorkflowAnswer> {
  let last: RunEvent | undefined
  for await (const { events } of batches) last = events.at(-1)
  const head = { task_id: envelope.taskId, workflow_run_id: envelope.runId }
  if (last?.type === 'workflow-end') {
    const { created_by: _, exceptions_count: _count, files: _files, ...data } = toFinished(envelope, last)
    return { ...head, data: { ...data, status: data.status } }
  }
  if (last?.type === 'run-pause') {
    const data = {
      id: envelope.runId,
      workflow_id: envelope.workflowId,
      status: 'paused' as const,
      outputs: {},
      error: null,
      ...toPause(last),
      created_at: Math.floor(envelope.createdAtMs / 1000),
      finished_at: null,
    }
    return { ...head, data }
  }
  throw new AppError('run_interrupted')
}
