import { type MigrationDb, columnTypes as type } from '../columns.ts'

const columns = ['requests_per_minute', 'requests_per_hour', 'requests_per_day'] as const

/** How often an app may be asked. */
export async function up(db: MigrationDb): Promise<void> {
  for (const column of columns) await db.schema.alterTable('apps').addColumn(column, type.integer).execute()
}
