import type { MigrationDb } from '../columns.ts'
import { createAccounts } from './accounts.ts'
import { createApps } from './apps.ts'
import { createConversations } from './conversations.ts'
import { createJobs } from './jobs.ts'
import { createModels } from './models.ts'
import { createRuns } from './runs.ts'

export async function up(db: MigrationDb): Promise<void> {
  await createAccounts(db)
  await createApps(db)
  await createConversations(db)
  await createRuns(db)
  await createModels(db)
  await createJobs(db)
}
