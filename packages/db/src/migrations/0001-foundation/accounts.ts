import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, optional, required } from './table-columns.ts'

export async function createAccounts(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('accounts')
    .$call(idColumn)
    .$call(
      required({
        name: type.name,
        email: type.name,
        interface_language: type.code,
        interface_theme: type.code,
        timezone: type.code,
        status: type.code,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .$call(
      optional({
        password_hash: type.text,
        avatar: type.name,
        last_login_at: type.integer,
        last_login_ip: type.code,
        last_active_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('accounts_email').unique().on('accounts').column('email').execute()
  await db.schema
    .createTable('tenants')
    .$call(idColumn)
    .$call(
      required({
        name: type.name,
        plan: type.code,
        status: type.code,
        sealed_key: type.text,
        custom_config: type.json,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema
    .createTable('tenant_members')
    .$call(required({ tenant_id: type.id, account_id: type.id, role: type.code, is_current: type.flag, created_at: type.integer }))
    .$call(optional({ invited_by: type.id, last_opened_at: type.integer }))
    .addPrimaryKeyConstraint('tenant_members_pk', ['tenant_id', 'account_id'])
    .execute()
  await db.schema.createIndex('tenant_members_account').on('tenant_members').column('account_id').execute()
  await db.schema
    .createTable('settings')
    .addColumn('key', type.name, (column) => column.primaryKey())
    .$call(required({ value: type.text, updated_at: type.integer }))
    .execute()
  await db.schema
    .createTable('refresh_tokens')
    .addColumn('token_hash', type.code, (column) => column.primaryKey())
    .$call(required({ account_id: type.id, family_id: type.id, expires_at: type.integer, created_at: type.integer }))
    .$call(optional({ used_at: type.integer }))
    .execute()
  await db.schema.createIndex('refresh_tokens_family').on('refresh_tokens').column('family_id').execute()
  await db.schema.createIndex('refresh_tokens_account').on('refresh_tokens').column('account_id').execute()
}
