import { AppError } from '@trellis/contracts'
import type { AccountsTable, Db } from '@trellis/db'
import { createJobRegistration } from '@trellis/queue'
import type { Clock, JobDefinition, JobQueue, JobRegistration, Logger } from '@trellis/spec'
import { z } from 'zod'
import type { AppRuns } from '../app-runs/index.ts'
import type { Apps } from '../apps/index.ts'
import { RefusedWriteError } from '../runs/index.ts'
import type { WorkflowRuns } from '../workflow-runs/index.ts'
import type { RunnableWorkflows } from '../workflows/index.ts'
import { nextDue } from './schedule.ts'
import { findTrigger, listDueTriggers, moveDueTime, type TriggerRow } from './triggers.repository.ts'

const payload = z.object({ triggerId: z.string(), dueAt: z.number().int() })
type Due = z.infer<typeof payload>

/** Dify's queue for it; handed out again soon, because somebody expects the run at a time. */
const startScheduledRun: JobDefinition<Due> = {
  name: 'triggers.start-scheduled-run',
  queue: 'schedule_executor',
  payload,
  attempts: 5,
  backoffMs: 2000,
  timeoutMs: 5 * 60_000,
}

export interface ScheduleDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly queue: JobQueue
  readonly findApp: Apps['findApp']
  readonly findOwner: (db: Db, tenantId: string) => Promise<AccountsTable | undefined>
  readonly workflows: Pick<RunnableWorkflows, 'getPublished'>
  readonly appRuns: Pick<AppRuns, 'startWithin'>
  readonly runs: Pick<WorkflowRuns, 'start'>
}

const TRIGGERS_AT_ONCE = 100

/**
 * Asks for the runs that are due. It changes nothing: a time is past once its run has begun, so whatever is lost on the way (this
 * process, the queue, the worker) is asked for again at the next look, and whoever asks twice gets one run.
 */
export async function askForDueRuns({ db, clock, queue }: ScheduleDependencies, signal: AbortSignal): Promise<void> {
  const now = clock.now()
  let after = ''
  while (!signal.aborted) {
    const due = await listDueTriggers(db, { now, after, limit: TRIGGERS_AT_ONCE })
    for (const { id, next_run_at: dueAt } of due) {
      if (dueAt === null) continue
      await queue.enqueue(startScheduledRun, { triggerId: id, dueAt }, { key: `${startScheduledRun.name}:${id}:${dueAt}` })
    }
    const last = due.at(-1)
    if (last === undefined || due.length < TRIGGERS_AT_ONCE) return
    after = last.id
  }
}

/** Whoever came first has begun the run. */
class AlreadyBegunError extends RefusedWriteError {}

export const createScheduleJobs = (dependencies: ScheduleDependencies): readonly JobRegistration[] => [
  createJobRegistration(startScheduledRun, async ({ payload: { triggerId, dueAt }, attempt }) => {
    const trigger = await findTrigger(dependencies.db, triggerId)
    if (trigger?.next_run_at !== dueAt) return
    try {
      await startRun(dependencies, trigger, dueAt)
    } catch (error) {
      if (error instanceof AlreadyBegunError) return
      const isLast = attempt >= startScheduledRun.attempts
      if (!isHopeless(error) && (!isLast || isPassing(error))) throw error
      await passOver(dependencies, { trigger, dueAt, error })
    }
  }),
]

/** Nothing will change by itself: the workflow cannot run as it is. */
const isHopeless = (error: unknown): boolean => AppError.is(error) && error.entry.kind === 'user' && !isPassing(error)
const passing: ReadonlySet<string> = new Set(['too_many_requests', 'service_unavailable', 'dependency_unavailable'])
/** The app answers as many requests as it may, the process is about to close, or what it needs is away: the time stays due. */
const isPassing = (error: unknown): boolean => AppError.is(error) && passing.has(error.code)

async function startRun(dependencies: ScheduleDependencies, trigger: TriggerRow, dueAt: number): Promise<void> {
  const { db, clock } = dependencies
  const app = await dependencies.findApp(trigger.tenant_id, trigger.app_id)
  if (!app) throw new AppError('app_not_found')
  const owner = await dependencies.findOwner(db, trigger.tenant_id)
  if (!owner) throw new AppError('account_not_found', { message: 'The workspace has no owner in whose name the run would be.' })
  const workflow = await dependencies.workflows.getPublished(app)
  await dependencies.appRuns.startWithin({ app, invokeFrom: 'schedule' }, () =>
    dependencies.runs.start({
      app,
      workflow,
      root: { id: trigger.node_id, event: {} },
      inputs: {},
      files: [],
      invokeFrom: 'trigger',
      triggeredFrom: 'schedule',
      asker: { endUserId: null, accountId: owner.id, apiKeyId: null },
      userName: owner.id,
      // With the run, or not at all: of two that begin, the second finds the time past.
      async claim(db) {
        if (!(await moveDueTime(db, { id: trigger.id, dueAt, nextRunAt: dueAfter(trigger, clock.now()) }))) throw new AlreadyBegunError()
      },
    }),
  )
}

/** From now on: times that passed while nobody looked are made up for by one run, not by one each. */
const dueAfter = ({ cron, timezone }: TriggerRow, now: number): number | null =>
  cron === null || timezone === null ? null : (nextDue({ cron, timezone }, now) ?? null)

async function passOver(
  { db, clock, logger }: ScheduleDependencies,
  { trigger, dueAt, error }: { readonly trigger: TriggerRow; readonly dueAt: number; readonly error: unknown },
): Promise<void> {
  const facts = { appId: trigger.app_id, triggerId: trigger.id, nodeId: trigger.node_id, dueAt: new Date(dueAt).toISOString() }
  if (isHopeless(error)) logger.warn({ ...facts, err: error }, 'A scheduled run could not begin and is passed over')
  else logger.error({ ...facts, err: error }, 'A scheduled run failed to begin again and again and is passed over')
  await moveDueTime(db, { id: trigger.id, dueAt, nextRunAt: dueAfter(trigger, clock.now()) })
}
