import { sql } from 'kysely'
import type { MigrationDb } from '../columns.ts'

/** Turns that failed, wait or were stopped, which the log is filtered by. They are few: the others cost the index nothing. */
export async function up(db: MigrationDb): Promise<void> {
  await sql`create index messages_trouble on messages (app_id, conversation_id) where (status <> 'normal' or is_stopped = 1)`.execute(db)
}
