import { idColumn, optional, required } from '../0001-foundation/table-columns.ts'
import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** What calls of models used and cost, call by call and by the day; budgets; and the key of the Service API that a run was asked by. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema.alterTable('runs').addColumn('api_key_id', type.id).execute()
  await createCalls(db)
  await createDays(db)
  await createBudgets(db)
}

async function createCalls(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('model_calls')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, purpose: type.code, provider: type.name, model: type.name, model_type: type.code }))
    .$call(required({ outcome: type.code, prompt_tokens: type.integer, completion_tokens: type.integer, is_estimated: type.flag }))
    .$call(required({ price_nano: type.integer, currency: type.code, cost_usd_nano: type.integer, is_priced: type.flag }))
    .$call(required({ latency_ms: type.integer, created_at: type.integer }))
    .$call(optional({ app_id: type.id, api_key_id: type.id, end_user_id: type.id, account_id: type.id }))
    .$call(optional({ run_id: type.id, message_id: type.id }))
    .execute()
  await db.schema.createIndex('model_calls_tenant').on('model_calls').columns(['tenant_id', 'created_at']).execute()
  await db.schema.createIndex('model_calls_app').on('model_calls').columns(['app_id', 'created_at']).execute()
}

async function createDays(db: MigrationDb): Promise<void> {
  const key = { tenant_id: type.id, day: type.integer, app_id: type.id, api_key_id: type.id, user_id: type.id, user_type: type.code }
  const what = { provider: type.name, model: type.name, purpose: type.code }
  await db.schema
    .createTable('model_usage_days')
    .$call(required({ ...key, ...what }))
    .$call(required({ calls: type.integer, failed_calls: type.integer, unpriced_calls: type.integer }))
    .$call(required({ prompt_tokens: type.integer, completion_tokens: type.integer, cost_usd_nano: type.integer }))
    .addPrimaryKeyConstraint('model_usage_days_pk', ['tenant_id', 'day', 'app_id', 'api_key_id', 'user_id', 'provider', 'model', 'purpose'])
    .execute()
}

async function createBudgets(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('budgets')
    .$call(idColumn)
    .$call(required({ tenant_id: type.id, scope: type.code, amount_nano: type.integer, period: type.code, timezone: type.code }))
    .$call(required({ stops: type.flag, refuses_unpriced: type.flag }))
    .$call(required({ created_by: type.id, created_at: type.integer, updated_at: type.integer }))
    .$call(optional({ app_id: type.id, api_key_id: type.id, warn_percent: type.integer }))
    .execute()
  await db.schema.createIndex('budgets_tenant').on('budgets').column('tenant_id').execute()
  const window = { budget_id: type.id, starts_at: type.integer }
  await db.schema
    .createTable('budget_windows')
    .$call(required({ ...window, used_nano: type.integer, refused_calls: type.integer }))
    .addPrimaryKeyConstraint('budget_windows_pk', ['budget_id', 'starts_at'])
    .execute()
  await db.schema
    .createTable('budget_holds')
    .$call(required({ ...window, holder_id: type.id, reserved_nano: type.integer, sent_nano: type.integer, expires_at: type.integer }))
    .addPrimaryKeyConstraint('budget_holds_pk', ['budget_id', 'starts_at', 'holder_id'])
    .execute()
}
