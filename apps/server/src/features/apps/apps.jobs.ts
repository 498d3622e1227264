import type { Db } from '@trellis/db'
import { createJobRegistration } from '@trellis/queue'
import type { JobDefinition, JobQueue, JobRegistration } from '@trellis/spec'
import { z } from 'zod'
import { deleteSomeOfApp, hasRunningRuns } from './app-data.repository.ts'
import { deleteAppRow } from './apps.repository.ts'

const payload = z.object({ tenantId: z.string(), appId: z.string() })

export type AppReference = z.infer<typeof payload>

const deleteAppData: JobDefinition<AppReference> = {
  name: 'apps.delete-data',
  queue: 'app_deletion',
  payload,
  attempts: 10,
  backoffMs: 30_000,
  timeoutMs: 30 * 60_000,
}

/** Requests that found the app just before it went may still begin a run: what they write is cleared away with the rest. */
const GRACE_MS = 10_000
/** Runs that still go on are looked at again; those whose process died are ended by the reaper. */
const RUNNING_RETRY_MS = 60_000
const BATCH_ROWS = 500

export interface AppJobsDependencies {
  readonly db: Db
  readonly queue: JobQueue
}

/** Asks for everything of an app to be deleted, some seconds from now. */
export const enqueueAppDeletion = (queue: JobQueue, app: AppReference): Promise<void> =>
  queue.enqueue(deleteAppData, app, { delayMs: GRACE_MS, key: `apps.delete-data:${app.appId}` })

export const createAppJobs = ({ db, queue }: AppJobsDependencies): readonly JobRegistration[] => [
  createJobRegistration(deleteAppData, async ({ payload: { tenantId, appId }, signal }) => {
    // Gone already, unless the process died between asking for this job and deleting the row.
    await deleteAppRow(db, tenantId, appId)
    while (await deleteSomeOfApp(db, tenantId, { appId, limit: BATCH_ROWS })) signal.throwIfAborted()
    if (await hasRunningRuns(db, tenantId, appId)) {
      // Without the key, which this job still holds.
      await queue.enqueue(deleteAppData, { tenantId, appId }, { delayMs: RUNNING_RETRY_MS })
    }
  }),
]
