import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, toFlag } from '@trellis/db'
import type { Clock, ModelType } from '@trellis/spec'
import { saveDefaultModel, saveModelSetting } from './models.repository.ts'
import { getProvider, type ModelName } from './provider-lookup.ts'
import { assertReady, findDefault, type ReadyModel } from './ready-model.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

/** Which models a workspace offers, and which it takes where nobody chose. */
export interface ModelChoiceService {
  /** @throws `not_found` */
  setEnabled(tenantId: string, name: ModelName, isEnabled: boolean): Promise<void>
  /** The one that would be taken now; undefined where none can be called. */
  findDefault(tenantId: string, type: ModelType): Promise<ReadyModel | undefined>
  /** All of them or none. @throws `model_currently_not_support`, `provider_not_initialize` */
  setDefaults(tenantId: string, names: readonly ModelName[]): Promise<void>
}

export interface ModelChoiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly store: WorkspaceModelStore
}

export function createModelChoiceService({ db, clock, store }: ModelChoiceDependencies): ModelChoiceService {
  return {
    async setEnabled(tenantId, name, isEnabled) {
      const provider = getProvider(name.provider)
      const { model, type } = name
      if (!(await store.read(tenantId)).find(name)) {
        throw new AppError('not_found', { message: `${provider.label.en_US} offers no ${type} model ${model} here.` })
      }
      const row = { tenant_id: tenantId, provider: provider.id, model, model_type: type }
      await inTransaction(db, (db) => saveModelSetting(db, { ...row, is_enabled: toFlag(isEnabled), updated_at: clock.now() }))
      await store.changed(tenantId)
    },
    findDefault: async (tenantId, type) => findDefault(await store.read(tenantId), type),
    async setDefaults(tenantId, names) {
      const models = await store.read(tenantId)
      const chosen = names.map((name) => assertReady(models.find(name), name))
      await inTransaction(db, async (db) => {
        for (const { provider, entry } of chosen) {
          const row = { tenant_id: tenantId, model_type: entry.type, provider: provider.id, model: entry.model }
          await saveDefaultModel(db, { ...row, updated_at: clock.now() })
        }
      })
      await store.changed(tenantId)
    },
  }
}
