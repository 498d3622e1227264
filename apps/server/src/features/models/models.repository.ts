import type {
  Database,
  Db,
  DefaultModelsTable,
  ProviderCredentialsTable,
  ProviderModelSettingsTable,
  ProviderModelsTable,
} from '@trellis/db'
import type { ModelType } from '@trellis/spec'
import type { ExpressionBuilder } from 'kysely'

export type CredentialRow = ProviderCredentialsTable
export type ModelKeyRow = ProviderModelsTable
export type ModelSettingRow = ProviderModelSettingsTable
export type DefaultModelRow = DefaultModelsTable

export const listCredentials = (db: Db, tenantId: string): Promise<CredentialRow[]> =>
  db.selectFrom('provider_credentials').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id').execute()

export const findCredential = (db: Db, tenantId: string, id: string): Promise<CredentialRow | undefined> =>
  db.selectFrom('provider_credentials').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()

export const insertCredential = async (db: Db, row: CredentialRow): Promise<void> => {
  await db.insertInto('provider_credentials').values(row).execute()
}

export const updateCredential = async (db: Db, tenantId: string, id: string, change: Partial<CredentialRow>): Promise<void> => {
  await db.updateTable('provider_credentials').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

export const deleteCredential = async (db: Db, tenantId: string, id: string): Promise<void> => {
  await db.deleteFrom('provider_credentials').where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Makes one of a provider's credentials the one that is used. */
export const activateCredential = async (db: Db, tenantId: string, provider: string, id: string): Promise<void> => {
  const ofProvider = db.updateTable('provider_credentials').where('tenant_id', '=', tenantId).where('provider', '=', provider)
  await ofProvider.set({ is_active: 0 }).where('id', '!=', id).execute()
  await ofProvider.set({ is_active: 1 }).where('id', '=', id).execute()
}

/** Which model of which workspace; `provider` by the name of its definition. */
export interface ModelPlace {
  readonly tenantId: string
  readonly provider: string
  readonly model: string
  readonly type: ModelType
}

const isOfModel =
  ({ tenantId, provider, model, type }: ModelPlace) =>
  ({ and }: ExpressionBuilder<Database, 'provider_models'>) =>
    and({ tenant_id: tenantId, provider, model, model_type: type })

/** Oldest first. */
export const listModelKeys = (db: Db, model: ModelPlace): Promise<ModelKeyRow[]> =>
  db.selectFrom('provider_models').selectAll().where(isOfModel(model)).orderBy('created_at').orderBy('id').execute()

/** Of all models that a workspace added, oldest first. */
export const listAllModelKeys = (db: Db, tenantId: string): Promise<ModelKeyRow[]> =>
  db.selectFrom('provider_models').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').orderBy('id').execute()

export const insertModelKey = async (db: Db, row: ModelKeyRow): Promise<void> => {
  await db.insertInto('provider_models').values(row).execute()
}

export const updateModelKey = async (db: Db, tenantId: string, id: string, change: Partial<ModelKeyRow>): Promise<void> => {
  await db.updateTable('provider_models').set(change).where('tenant_id', '=', tenantId).where('id', '=', id).execute()
}

/** Makes one of a model's keys the one that is used. */
export const activateModelKey = async (db: Db, model: ModelPlace, id: string): Promise<void> => {
  const ofModel = db.updateTable('provider_models').where(isOfModel(model))
  await ofModel.set({ is_active: 0 }).where('is_active', '=', 1).where('id', '!=', id).execute()
  await ofModel.set({ is_active: 1 }).where('id', '=', id).execute()
}

/** Those keys share a model's load, and no others. */
export const setSharingKeys = async (db: Db, model: ModelPlace, ids: readonly string[]): Promise<void> => {
  const ofModel = db.updateTable('provider_models').where(isOfModel(model))
  await ofModel.set({ shares_load: 0 }).execute()
  if (ids.length > 0) await ofModel.set({ shares_load: 1 }).where('id', 'in', ids).execute()
}

/** Tells how many there were. */
export const deleteModelKey = async (db: Db, tenantId: string, id: string): Promise<number> =>
  Number((await db.deleteFrom('provider_models').where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()).numDeletedRows)

export const deleteModelKeys = async (db: Db, model: ModelPlace): Promise<void> => {
  await db.deleteFrom('provider_models').where(isOfModel(model)).execute()
}

export const listModelSettings = (db: Db, tenantId: string): Promise<ModelSettingRow[]> =>
  db.selectFrom('provider_model_settings').selectAll().where('tenant_id', '=', tenantId).execute()

export const saveModelSetting = async (db: Db, row: ModelSettingRow): Promise<void> => {
  const { tenant_id, provider, model, model_type } = row
  await db
    .deleteFrom('provider_model_settings')
    .where('tenant_id', '=', tenant_id)
    .where('provider', '=', provider)
    .where('model', '=', model)
    .where('model_type', '=', model_type)
    .execute()
  await db.insertInto('provider_model_settings').values(row).execute()
}

export const listDefaultModels = (db: Db, tenantId: string): Promise<DefaultModelRow[]> =>
  db.selectFrom('default_models').selectAll().where('tenant_id', '=', tenantId).execute()

export const saveDefaultModel = async (db: Db, row: DefaultModelRow): Promise<void> => {
  await db.deleteFrom('default_models').where('tenant_id', '=', row.tenant_id).where('model_type', '=', row.model_type).execute()
  await db.insertInto('default_models').values(row).execute()
}
