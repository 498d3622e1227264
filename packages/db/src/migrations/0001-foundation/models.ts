import { type MigrationDb, columnTypes as type } from '../columns.ts'
import { idColumn, required } from './table-columns.ts'

export async function createModels(db: MigrationDb): Promise<void> {
  await db.schema
    .createTable('provider_credentials')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        name: type.name,
        sealed: type.text,
        is_active: type.flag,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema.createIndex('provider_credentials_tenant').on('provider_credentials').columns(['tenant_id', 'provider']).execute()
  await db.schema
    .createTable('provider_models')
    .$call(idColumn)
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        model: type.name,
        model_type: type.code,
        credential_name: type.name,
        sealed: type.text,
        created_at: type.integer,
        updated_at: type.integer,
      }),
    )
    .execute()
  await db.schema
    .createIndex('provider_models_model')
    .unique()
    .on('provider_models')
    .columns(['tenant_id', 'provider', 'model', 'model_type'])
    .execute()
  await db.schema
    .createTable('provider_model_settings')
    .$call(
      required({
        tenant_id: type.id,
        provider: type.name,
        model: type.name,
        model_type: type.code,
        is_enabled: type.flag,
        updated_at: type.integer,
      }),
    )
    .addPrimaryKeyConstraint('provider_model_settings_pk', ['tenant_id', 'provider', 'model', 'model_type'])
    .execute()
  await db.schema
    .createTable('default_models')
    .$call(required({ tenant_id: type.id, model_type: type.code, provider: type.name, model: type.name, updated_at: type.integer }))
    .addPrimaryKeyConstraint('default_models_pk', ['tenant_id', 'model_type'])
    .execute()
}
