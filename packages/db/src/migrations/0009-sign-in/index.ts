import { idColumn, optional, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

export async function up(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('account_challenges')
    .$call(idColumn)
    .$call(
      required({
        purpose: type.code,
        token_hash: type.code,
        email: type.name,
        failures: type.integer,
        expires_at: type.integer,
        created_at: type.integer,
      }),
    )
    .$call(optional({ code_hash: type.code, account_id: type.id, details: type.name }))
    .execute()
  await db.schema.createIndex('account_challenges_token').unique().on('account_challenges').column('token_hash').execute()
  await db.schema.createIndex('account_challenges_time').on('account_challenges').column('expires_at').execute()
  await db.schema
    .createTable('account_identities')
    .$call(idColumn)
    .$call(
      required({
        account_id: type.id,
        provider: type.code,
        subject: type.name,
        email: type.name,
        created_at: type.integer,
        last_used_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('account_identities_subject').unique().on('account_identities').columns(['provider', 'subject']).execute()
  await db.schema.createIndex('account_identities_account').unique().on('account_identities').columns(['account_id', 'provider']).execute()
  await db.schema.alterTable('human_input_recipients').addColumn('mailed_at', type.integer).execute()
}
