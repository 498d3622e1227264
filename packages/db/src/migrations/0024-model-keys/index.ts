import { type MigrationDb, columnTypes as type } from '../columns.ts'

/** A model that a workspace added may have several keys: each is a row, one of them the one in use. */
export async function up(db: MigrationDb): Promise<void> {
  await db.schema.dropIndex('provider_models_model').execute()
  await db.schema
    .alterTable('provider_models')
    .addColumn('is_active', type.flag, (column) => column.notNull().defaultTo(1))
    .execute()
  await db.schema
    .alterTable('provider_models')
    .addColumn('shares_load', type.flag, (column) => column.notNull().defaultTo(0))
    .execute()
  const model = ['tenant_id', 'provider', 'model', 'model_type']
  await db.schema
    .createIndex('provider_models_name')
    .unique()
    .on('provider_models')
    .columns([...model, 'credential_name'])
    .execute()
  await db.schema.createIndex('provider_models_active').unique().on('provider_models').columns(model).where('is_active', '=', 1).execute()
}
