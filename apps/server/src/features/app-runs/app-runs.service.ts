import { AppError, type FileInput, type wire } from '@trellis/contracts'
import type { AppsTable, Db, InvokeFrom, MessageFilesTable, MessagesTable } from '@trellis/db'
import type { Clock, LiveEvents } from '@trellis/spec'
import { listMessageFiles } from '../files/index.ts'
import {
  type Ask,
  type Begun,
  beginOnce,
  type Claim,
  controlChannel,
  findRunByMessage,
  findRunByTask,
  hasJournal,
  type RunChannel,
  type RunHost,
  type RunRow,
  requestStop,
} from '../runs/index.ts'
import type { StartedTurn, TurnRequest, Turns } from '../turns/index.ts'
import type { Doorkeeper } from './doorkeeper.ts'

/** Who may stop or follow a run: the one who started it. */
export interface RunOwner {
  readonly endUserId: string | null
  readonly accountId: string | null
}

export interface AppRuns {
  /** Starts a turn within the app's limits. @throws `too_many_requests` and what turns throw */
  start(request: TurnRequest): Promise<StartedTurn>
  /** The same for anything else that has a channel. @throws `too_many_requests` and what `start` throws */
  startWithin<Started extends { readonly channel: RunChannel }>(entry: Entry, start: () => Promise<Started>): Promise<Started>
  /** Starts something, or gives the run that the same ask has begun before: that one needs no place. @throws what `start` throws */
  beginOnce<Started>(ask: Ask | undefined, start: (claim: Claim | undefined) => Promise<Started>): Promise<Begun<Started>>
  /** A place for other work that lasts, until what it returns is called. @throws `too_many_requests` */
  takeSlot(app: AppsTable): Promise<() => Promise<void>>
  /** Best effort: a task that is unknown, over, or somebody else's is passed over. */
  stop(app: AppsTable, taskId: string, owner: RunOwner): Promise<void>
  /** A message of the owner's with its run, to be read again. @throws `not_found` */
  getMessageRun(app: AppsTable, messageId: string, owner: RunOwner): Promise<{ readonly message: MessagesTable; readonly run: RunRow }>
  /** What was asked with, to be asked with again. */
  listFiles(message: MessagesTable): Promise<FileInput[]>
  /** A message's run whose events can be read. @throws `not_found`, also where they are no longer kept */
  getFollowableRun(app: AppsTable, messageId: string, owner: RunOwner): Promise<RunRow>
}

export interface Entry {
  readonly app: AppsTable
  /** Trials of editors and what the clock starts need a place, and are no requests: neither uses up what callers may ask. */
  readonly invokeFrom: InvokeFrom | 'webhook' | 'schedule'
}

export interface AppRunsDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly turns: Turns
  readonly runHost: RunHost
  readonly liveEvents: LiveEvents
  /** Lets a paused run go on, if there is something to go on with: a wish that it stop is. */
  readonly wake: (runId: string) => Promise<void>
  readonly doorkeeper: Doorkeeper
}

const countedEntries: ReadonlySet<Entry['invokeFrom']> = new Set(['service-api', 'web-app', 'webhook'])
const isFreedByTime = (): undefined => undefined
const isInTheRow = (): undefined => undefined

export function createAppRuns(dependencies: AppRunsDependencies): AppRuns {
  const { db, clock, turns, runHost, liveEvents, wake, doorkeeper } = dependencies
  const getMessageRun: AppRuns['getMessageRun'] = async (app, messageId, owner) => {
    const message = await db
      .selectFrom('messages')
      .selectAll()
      .where('tenant_id', '=', app.tenant_id)
      .where('app_id', '=', app.id)
      .where('id', '=', messageId)
      .executeTakeFirst()
    const run = message && (await findRunByMessage(db, message.id))
    if (!message || !run || !isOwn(run, owner)) throw new AppError('not_found', { message: 'Message Not Exists.' })
    return { message, run }
  }
  const startWithin: AppRuns['startWithin'] = async ({ app, invokeFrom }, start) => {
    const release = await doorkeeper.takePlace(app)
    try {
      if (countedEntries.has(invokeFrom)) await doorkeeper.countRequest(app)
      const started = await start()
      void started.channel.ended.then(release).catch(isFreedByTime)
      return started
    } catch (error) {
      await release().catch(isFreedByTime)
      throw error
    }
  }
  return {
    start: (request) => startWithin(request, () => turns.start(request)),
    startWithin,
    beginOnce: (ask, start) => beginOnce(dependencies, ask, start),
    takeSlot: doorkeeper.takePlace,
    async stop(app, taskId, owner) {
      const run = await findRunByTask(db, app.id, taskId)
      if (!run || !isUnfinished(run) || !isOwn(run, owner)) return
      if (runHost.stop(run.id)) return
      // Kept in the row as well: the host looks there when it renews its lease.
      await requestStop(db, run.id, clock.now())
      await liveEvents.publish(controlChannel(run.host_id), JSON.stringify({ type: 'stop', runId: run.id })).catch(isInTheRow)
      // It may have paused, and then it has no host.
      await wake(run.id)
    },
    getMessageRun,
    async listFiles({ tenant_id: tenantId, id }) {
      const files = await listMessageFiles(db, tenantId, [id])
      return files.filter((file) => file.belongs_to === 'user').map(toFileInput)
    },
    async getFollowableRun(app, messageId, owner) {
      const { run } = await getMessageRun(app, messageId, owner)
      if (isUnfinished(run) || (await hasJournal(db, run.id))) return run
      throw new AppError('not_found', { message: 'The events of this message are no longer kept. Read the message itself.' })
    },
  }
}

const toFileInput = ({ type, transfer_method, url, upload_file_id }: MessageFilesTable): FileInput => ({
  type,
  transfer_method,
  url: url ?? undefined,
  upload_file_id: upload_file_id ?? undefined,
})

const isUnfinished = ({ status }: RunRow): boolean => status === 'running' || status === 'paused'

const isOwn = (run: RunRow, owner: RunOwner): boolean => run.from_end_user_id === owner.endUserId && run.from_account_id === owner.accountId

/** Which routes serve an app. */
export function assertMode(
  app: AppsTable,
  modes: readonly wire.AppMode[],
  code: 'not_chat_app' | 'app_unavailable' | 'not_completion_app',
): void {
  if (!modes.includes(app.mode)) throw new AppError(code)
}

export const chatModes = ['chat', 'agent-chat', 'advanced-chat'] as const
