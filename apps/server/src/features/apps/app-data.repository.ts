import type { Database, Db } from '@trellis/db'
import { deleteBindingsOfTarget } from '../tags/index.ts'

/** Tables whose rows belong to one app, those that point at others first. */
const ownedTables = [
  'annotation_hits',
  'annotation_vectors',
  'annotation_settings',
  'annotations',
  'message_feedbacks',
  'saved_messages',
  'message_files',
  'messages',
  'conversations',
  'end_users',
  'draft_variables',
  'draft_node_runs',
  'human_input_recipients',
  'human_input_forms',
  'workflow_triggers',
  'workflows',
  'api_keys',
  'sites',
  'app_configs',
] as const satisfies readonly (keyof Database)[]

/** All that an app leaves behind: a table that comes with a column `app_id` and is not here would keep its rows for ever. */
export const tablesOfApps: readonly (keyof Database)[] = [...ownedTables, 'app_stars', 'conversation_variables', 'run_files', 'runs']

/** What outlives it: the money is spent, and a budget is its workspace's to delete. */
export const tablesThatOutliveApps: readonly (keyof Database)[] = ['budgets', 'model_calls', 'model_usage_days']

/**
 * Deletes some of what an app left behind: at most `limit` rows of one table, so that no statement holds up the others.
 * This is the one place that knows all tables of an app, whichever feature they are of. Tells whether there may be more.
 */
export async function deleteSomeOfApp(db: Db, tenantId: string, { appId, limit }: { appId: string; limit: number }): Promise<boolean> {
  for (const table of ownedTables) {
    const rows = await db
      .selectFrom(table)
      .select('id')
      .where('tenant_id', '=', tenantId)
      .where('app_id', '=', appId)
      .limit(limit)
      .execute()
    if (rows.length === 0) continue
    const ids = rows.map((row) => row.id)
    await db.deleteFrom(table).where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()
    return true
  }
  // Few, and without ids of their own.
  await db.deleteFrom('app_stars').where('tenant_id', '=', tenantId).where('app_id', '=', appId).execute()
  await deleteBindingsOfTarget(db, tenantId, appId)
  return (await deleteSomeVariables(db, tenantId, { appId, limit })) || deleteSomeRuns(db, tenantId, appId)
}

/** They have no ids of their own. */
async function deleteSomeVariables(db: Db, tenantId: string, { appId, limit }: { appId: string; limit: number }): Promise<boolean> {
  const ofApp = () => db.selectFrom('conversation_variables').where('tenant_id', '=', tenantId).where('app_id', '=', appId)
  const rows = await ofApp().select('conversation_id').distinct().limit(limit).execute()
  if (rows.length === 0) return false
  const ids = rows.map((row) => row.conversation_id)
  await db.deleteFrom('conversation_variables').where('tenant_id', '=', tenantId).where('conversation_id', 'in', ids).execute()
  return true
}

/** A run's journal may be long: few runs at a time. */
const RUNS_AT_ONCE = 20

async function deleteSomeRuns(db: Db, tenantId: string, appId: string): Promise<boolean> {
  const runs = await db
    .selectFrom('runs')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('status', '!=', 'running')
    .limit(RUNS_AT_ONCE)
    .execute()
  if (runs.length === 0) return false
  const ids = runs.map((run) => run.id)
  await db.deleteFrom('run_events').where('run_id', 'in', ids).execute()
  await db.deleteFrom('run_files').where('run_id', 'in', ids).execute()
  await db.deleteFrom('runs').where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()
  return true
}

/** Whether a run needs that version: one that goes on, or waits for people. */
export async function hasUnfinishedRuns(db: Db, tenantId: string, workflowId: string): Promise<boolean> {
  const run = await db
    .selectFrom('runs')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('workflow_id', '=', workflowId)
    .where('status', 'in', ['running', 'paused'])
    .limit(1)
    .executeTakeFirst()
  return run !== undefined
}

export async function hasRunningRuns(db: Db, tenantId: string, appId: string): Promise<boolean> {
  const run = await db
    .selectFrom('runs')
    .select('id')
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('status', '=', 'running')
    .limit(1)
    .executeTakeFirst()
  return run !== undefined
}
