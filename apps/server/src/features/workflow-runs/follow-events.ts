import type { AppsTable, Db } from '@trellis/db'
import { sseData, ssePing } from '@trellis/kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { createChatflowFrames } from '../../http/compat/chatflow-frames.ts'
import type { FrameTranslator } from '../../http/compat/message-frames.ts'
import { createWorkflowFrames, filesIn } from '../../http/compat/workflow-frames.ts'
import { sendEventStream } from '../../http/event-stream.ts'
import { handled } from '../../http/mount.ts'
import { type RespondDependencies, readStreamWish } from '../app-runs/index.ts'
import {
  decodeEvents,
  type EventBatch,
  findRunById,
  followRun,
  followToTheEnd,
  listRunEvents,
  type RunEventsRow,
  type RunRow,
  type StreamPosition,
} from '../runs/index.ts'
import type { RunnableWorkflows } from '../workflows/index.ts'
import { showsSourcesOf } from './chatflows.service.ts'
import { outputsOf, presentRun } from './present-runs.ts'
import { isChatflow, type RunEnvelope, writeSnapshot } from './run-snapshot.ts'
import { findWorkflowOfRun } from './workflow-runs.service.ts'

export interface FollowEventsDependencies {
  readonly db: Db
  readonly workflows: RunnableWorkflows
  readonly respond: RespondDependencies
}

export interface EventsCall {
  readonly app: AppsTable
  readonly run: RunRow
  readonly createdBy: RunEnvelope['createdBy']
  readonly detail: RunEnvelope['detail']
  readonly query: { readonly include_state_snapshot?: boolean | undefined; readonly continue_on_pause?: boolean | undefined }
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/**
 * Follows a run (service-api 1.1): from now on, with what has happened before where a snapshot is asked, or from the frame after
 * Last-Event-ID. A run that is over is one frame. Ends at the next pause unless the caller wants to go on behind it.
 */
export async function followEvents(dependencies: FollowEventsDependencies, call: EventsCall): Promise<typeof handled> {
  const envelope = await toEnvelope(dependencies, call)
  const wish = readStreamWish(call.request)
  const stream = wish.after
    ? continueStream(dependencies, call, { envelope, after: wish.after })
    : await beginStream(dependencies, call, envelope)
  const { logger, onStream } = dependencies.respond
  await sendEventStream(call.reply, {
    ...stream,
    onError: (error) => logger.error({ err: error, runId: call.run.id }, 'An event stream broke'),
    onOpen: onStream,
  })
  return handled
}

interface Stream {
  readonly opening?: string
  readonly batches: (signal: AbortSignal) => AsyncIterable<EventBatch>
  readonly toFrames: FrameTranslator['toFrames']
}

function continueStream(
  { respond }: FollowEventsDependencies,
  { run, query }: EventsCall,
  { envelope, after }: { readonly envelope: RunEnvelope; readonly after: StreamPosition },
): Stream {
  const follow = query.continue_on_pause ? followToTheEnd : followRun
  // The last frame of a chatflow sums up all before it.
  const from = isChatflow(envelope) ? undefined : after
  const { toFrames } = isChatflow(envelope)
    ? createChatflowFrames(envelope, { hasIds: true, after })
    : createWorkflowFrames(envelope, { hasIds: true })
  return { toFrames, batches: (signal) => follow(respond, run.id, from, signal) }
}

async function beginStream(
  { db, respond }: FollowEventsDependencies,
  { run, query, request }: EventsCall,
  envelope: RunEnvelope,
): Promise<Stream> {
  // The journal first: what happens after that is followed.
  const journal = await listRunEvents(db, run.id, 0)
  const { status } = (await findRunById(db, run.id)) ?? run
  const isOver = status !== 'running' && status !== 'paused'
  const wantsSnapshot = query.include_state_snapshot === true
  if (isOver && !wantsSnapshot) return whole(writeFinished(envelope, (await findRunById(db, run.id)) ?? run))
  const events = journal.flatMap(decodeEvents)
  const opening = wantsSnapshot ? writeSnapshot(envelope, { events, isPaused: status === 'paused' }) : ssePing
  const isAtPause = status === 'paused' && events.at(-1)?.type === 'run-pause'
  if (wantsSnapshot && (isOver || (isAtPause && !query.continue_on_pause))) return whole(opening)
  const { toFrames, after } = prepareTranslator(envelope, journal, readStreamWish(request).hasIds)
  const follow = (signal: AbortSignal): AsyncIterable<EventBatch> => followToTheEnd(respond, run.id, after, signal)
  return { opening, toFrames, batches: query.continue_on_pause ? follow : (signal) => untilPause(follow(signal)) }
}

const whole = (opening: string): Stream => ({ opening, batches: nothing, toFrames: () => '' })

async function* nothing(): AsyncGenerator<EventBatch> {
  // All is said.
}

async function* untilPause(batches: AsyncIterable<EventBatch>): AsyncGenerator<EventBatch> {
  for await (const batch of batches) {
    yield batch
    if (batch.events.at(-1)?.type === 'run-pause') return
  }
}

/** A translator that goes on after what the journal has. */
function prepareTranslator(envelope: RunEnvelope, journal: readonly RunEventsRow[], hasIds: boolean) {
  const batches = journal.map((row) => ({ epoch: row.epoch, firstOffset: row.first_offset, events: decodeEvents(row) }))
  const last = batches.at(-1)
  const after = last && { epoch: last.epoch, offset: last.firstOffset + last.events.length - 1 }
  if (!isChatflow(envelope)) return { after, toFrames: createWorkflowFrames(envelope, { hasIds, isOpened: true }).toFrames }
  const { toFrames } = createChatflowFrames(envelope, { hasIds, after, isOpened: true })
  for (const batch of batches) toFrames(batch)
  return { after, toFrames }
}

/** A run that is over, in one frame: as in Dify it names the run as its task, and no conversation. */
function writeFinished({ runId, workflowId, createdBy }: RunEnvelope, run: RunRow): string {
  const outputs = outputsOf(run)
  const { id: _, ...told } = presentRun(run)
  const data = {
    id: runId,
    workflow_id: workflowId,
    ...told,
    outputs,
    created_by: createdBy,
    exceptions_count: run.exceptions_count ?? 0,
    files: filesIn(outputs),
  }
  return sseData(JSON.stringify({ event: 'workflow_finished', task_id: runId, workflow_run_id: runId, data }))
}

async function toEnvelope({ workflows }: FollowEventsDependencies, { app, run, createdBy, detail }: EventsCall): Promise<RunEnvelope> {
  const common = {
    taskId: run.task_id,
    runId: run.id,
    workflowId: run.workflow_id ?? '',
    createdAtMs: run.created_at,
    createdBy,
    detail,
  }
  if (run.kind !== 'chatflow') return common
  const workflow = await findWorkflowOfRun(workflows, app, run)
  const showsSources = workflow !== undefined && showsSourcesOf(workflow)
  return { ...common, messageId: run.message_id ?? '', conversationId: run.conversation_id ?? '', showsSources }
}
