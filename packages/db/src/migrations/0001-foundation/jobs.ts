import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, optional, required } from './table-columns.ts'

export async function createJobs(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('jobs')
    .$call(idColumn)
    .$call(
      required({
        queue: type.code,
        name: type.name,
        payload: type.json,
        status: type.code,
        attempt: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(
      optional({
        dedup_key: type.name,
        due_at: type.integer,
        worker_id: type.id,
        last_error: type.text,
        started_at: type.integer,
        finished_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('jobs_due').on('jobs').columns(['queue', 'due_at']).execute()
  await db.schema.createIndex('jobs_dedup').unique().on('jobs').column('dedup_key').execute()
}
