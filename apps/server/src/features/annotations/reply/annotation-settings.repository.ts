import type { AnnotationSettingsTable, Db } from '@trellis/db'
import { sql } from 'kysely'

export type AnnotationSettingRow = AnnotationSettingsTable

export const findSetting = (db: Db, tenantId: string, appId: string): Promise<AnnotationSettingRow | undefined> =>
  db.selectFrom('annotation_settings').selectAll().where('tenant_id', '=', tenantId).where('app_id', '=', appId).executeTakeFirst()

type Wish = Pick<AnnotationSettingRow, 'job_id' | 'updated_by' | 'updated_at'>

/** Writes down what is being prepared; the setting itself stays until that is done. */
export const insertOrWish = async (db: Db, row: AnnotationSettingRow): Promise<void> => {
  const { job_id, updated_by, updated_at }: Wish = row
  await db
    .insertInto('annotation_settings')
    .values(row)
    .onConflict((conflict) => conflict.column('app_id').doUpdateSet({ job_id, updated_by, updated_at }))
    .execute()
}

export type SettingChange = Partial<
  Pick<
    AnnotationSettingRow,
    'is_enabled' | 'score_threshold_micro' | 'embedding_provider' | 'embedding_model' | 'job_id' | 'updated_by' | 'updated_at'
  >
>

/** Only while that job is the latest, where one is named; tells whether it was. */
export async function updateSetting(
  db: Db,
  tenantId: string,
  { appId, jobId, change }: { readonly appId: string; readonly jobId?: string; readonly change: SettingChange },
): Promise<boolean> {
  const query = db
    .updateTable('annotation_settings')
    .set({ ...change, version: sql<number>`version + 1` })
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
  const result = await (jobId === undefined ? query : query.where('job_id', '=', jobId)).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Has everybody who keeps vectors of the app in memory look again. */
export const raiseVersion = async (db: Db, tenantId: string, appId: string): Promise<void> => {
  await updateSetting(db, tenantId, { appId, change: {} })
}
