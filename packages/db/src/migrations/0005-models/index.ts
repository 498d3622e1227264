import { type MigrationDb, columnTypes as type } from '../columns.ts'

export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .alterTable('provider_credentials')
    .addColumn('shares_load', type.flag, (column) => column.notNull().defaultTo(0))
    .execute()
}
