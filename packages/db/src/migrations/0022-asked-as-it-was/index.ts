import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** What was asked, of messages whose question was changed before it was answered. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema.alterTable('messages').addColumn('asked', type.json).execute()
}
