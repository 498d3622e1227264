import { idColumn, optional, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('invitations')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        email: type.name,
        role: type.code,
        token_hash: type.code,
        invited_by: type.id,
        expires_at: type.integer,
        created_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('invitations_email').unique().on('invitations').columns(['tenant_id', 'email']).execute()
  await db.schema.createIndex('invitations_token').unique().on('invitations').column('token_hash').execute()
  await db.schema
    .createTable('account_sessions')
    .$call(idColumn)
    .$call(required({ account_id: type.id, user_agent: type.text, ip: type.code, created_at: type.integer, last_seen_at: type.integer }))
    .execute()
  await db.schema.createIndex('account_sessions_account').on('account_sessions').column('account_id').execute()
  await db.schema
    .createTable('audit_log')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        account_id: type.id,
        account_name: type.name,
        action: type.code,
        details: type.json,
        ip: type.code,
        created_at: type.integer,
      }),
    )
    .$call(optional({ target_type: type.code, target_id: type.name, target_name: type.text }))
    .execute()
  await db.schema.createIndex('audit_log_tenant').on('audit_log').columns(['tenant_id', 'id']).execute()
  await db.schema.createIndex('audit_log_time').on('audit_log').column('created_at').execute()
}
