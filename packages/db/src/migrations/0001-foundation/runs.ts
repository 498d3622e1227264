import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, optional, required } from './table-columns.ts'

export async function createRuns(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('hosts')
    .$call(idColumn)
    .$call(required({ started_at: type.integer, expires_at: type.integer }))
    .execute()
  await db.schema
    .createTable('runs')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        app_id: type.id,
        kind: type.code,
        task_id: type.id,
        status: type.code,
        invoke_from: type.code,
        host_id: type.id,
        epoch: type.integer,
        total_tokens: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(
      optional({
        conversation_id: type.id,
        message_id: type.id,
        from_end_user_id: type.id,
        from_account_id: type.id,
        stop_requested_at: type.integer,
        error_code: type.code,
        error: type.text,
        ledger: type.json,
        finished_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('runs_status_host').on('runs').columns(['status', 'host_id']).execute()
  await db.schema.createIndex('runs_task').on('runs').column('task_id').execute()
  await db.schema.createIndex('runs_message').on('runs').column('message_id').execute()
  await db.schema.createIndex('runs_app').on('runs').columns(['app_id', 'created_at']).execute()
  await db.schema
    .createTable('run_events')
    .$call(
      required({
        run_id: type.id,
        first_offset: type.integer,
        epoch: type.integer,
        event_count: type.integer,
        events: type.json,
        created_at: type.integer,
      }),
    )
    .addPrimaryKeyConstraint('run_events_pk', ['run_id', 'first_offset'])
    .execute()
}
