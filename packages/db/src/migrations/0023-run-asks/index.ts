import { required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** Under which names pages asked for runs, so that what is asked again is known again. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('run_asks')
    .$call(required({ end_user_id: type.id, ask_id: type.code, tenant_id: type.id, run_id: type.id, created_at: type.integer }))
    .addPrimaryKeyConstraint('run_asks_pk', ['end_user_id', 'ask_id'])
    .execute()
  await db.schema.createIndex('run_asks_created').on('run_asks').column('created_at').execute()
}
