import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** Who may open an app's public page. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .alterTable('sites')
    .addColumn('access_mode', type.code, (column) => column.notNull().defaultTo('public'))
    .execute()
}
