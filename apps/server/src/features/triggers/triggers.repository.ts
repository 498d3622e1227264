import type { Db, WorkflowTriggersTable } from '@trellis/db'

export type TriggerRow = WorkflowTriggersTable

interface Place {
  readonly tenantId: string
  readonly appId: string
}

const ofApp = (db: Db, { tenantId, appId }: Place) =>
  db.selectFrom('workflow_triggers').selectAll().where('tenant_id', '=', tenantId).where('app_id', '=', appId)

/** Those of the published version and those of others, oldest first. */
export const listTriggers = (db: Db, place: Place): Promise<TriggerRow[]> => ofApp(db, place).orderBy('created_at').orderBy('id').execute()

export const findTriggerOfNode = (db: Db, { nodeId, ...place }: Place & { readonly nodeId: string }): Promise<TriggerRow | undefined> =>
  ofApp(db, place).where('node_id', '=', nodeId).executeTakeFirst()

/** For calls to webhooks, whose token stands for the right to start a run. */
export const findTriggerByToken = (db: Db, token: string): Promise<TriggerRow | undefined> =>
  db.selectFrom('workflow_triggers').selectAll().where('token', '=', token).executeTakeFirst()

/** For the clock, which serves every workspace. */
export const findTrigger = (db: Db, id: string): Promise<TriggerRow | undefined> =>
  db.selectFrom('workflow_triggers').selectAll().where('id', '=', id).executeTakeFirst()

export const insertTrigger = async (db: Db, row: TriggerRow): Promise<void> => {
  await db.insertInto('workflow_triggers').values(row).execute()
}

export type TriggerChange = Partial<Omit<TriggerRow, 'id' | 'tenant_id' | 'app_id' | 'node_id'>>

export const updateTrigger = async (db: Db, tenantId: string, id: string, change: TriggerChange): Promise<void> => {
  await db.updateTable('workflow_triggers').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export interface DueTrigger {
  readonly id: string
  readonly next_run_at: number | null
}

/** Schedules of every workspace that are due, in the order of their ids. */
export const listDueTriggers = (
  db: Db,
  { now, after, limit }: { readonly now: number; readonly after: string; readonly limit: number },
): Promise<DueTrigger[]> =>
  db
    .selectFrom('workflow_triggers')
    .select(['id', 'next_run_at'])
    .where('kind', '=', 'schedule')
    .where('next_run_at', '<=', now)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()

/** Moves a schedule on, where it is still due at that moment; tells whether it was. */
export async function moveDueTime(
  db: Db,
  { id, dueAt, nextRunAt }: { readonly id: string; readonly dueAt: number; readonly nextRunAt: number | null },
): Promise<boolean> {
  const result = await db
    .updateTable('workflow_triggers')
    .set({ next_run_at: nextRunAt })
    .where('id', '=', id)
    .where('next_run_at', '=', dueAt)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}
