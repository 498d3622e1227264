import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Credentials, ProviderDefinition } from '@trellis/spec'
import type { CheckWithProvider } from './check-with-provider.ts'
import { readCredentialForm } from './credential-form.ts'
import { chooseCredentialName } from './credential-name.ts'
import type { CredentialInput } from './credentials.service.ts'
import { currentOf } from './key-pools.ts'
import {
  activateModelKey,
  deleteModelKey,
  deleteModelKeys,
  insertModelKey,
  listModelKeys,
  type ModelKeyRow,
  type ModelPlace,
  setSharingKeys,
  updateModelKey,
} from './models.repository.ts'
import { getProvider, type ModelName } from './provider-lookup.ts'
import type { SealedCredentials } from './sealed-credentials.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

/** Models that a workspace adds to a provider. Each has keys of its own: one is in use, and others may share its load. */
export interface CustomModelService {
  /** Opened, of the key in use where no id is given; undefined where the model was not added. @throws `not_found` */
  findCredentials(tenantId: string, name: ModelName, id?: string): Promise<Credentials | undefined>
  /** Checks with the provider, then keeps. The first key adds the model and is in use at once. @throws `not_found`, `invalid_param` */
  addKey(tenantId: string, name: ModelName, input: CredentialInput): Promise<{ readonly isNew: boolean }>
  /** Masked secrets stay as they are. @throws `not_found`, `invalid_param` */
  updateKey(tenantId: string, name: ModelName, change: CredentialInput & { readonly id: string }): Promise<void>
  /** Where it was in use, the oldest other one takes its place; the model goes with its last. @throws `not_found` */
  removeKey(tenantId: string, name: ModelName, id: string): Promise<void>
  /** With all its keys. @throws `not_found` */
  remove(tenantId: string, name: ModelName): Promise<void>
  /** @throws `not_found` where the model was not added */
  assertAdded(tenantId: string, name: ModelName): Promise<void>
  /** @throws `not_found` */
  useKey(tenantId: string, name: ModelName, id: string): Promise<void>
  /** Whether calls go by this one too, in turn with the one in use. @throws `not_found` */
  shareLoad(tenantId: string, name: ModelName, id: string, isSharing: boolean): Promise<void>
  /** Which keys share the load, and no others. @throws `not_found` */
  setSharing(tenantId: string, name: ModelName, ids: readonly string[]): Promise<void>
  /** Masked secrets stand for those of the key named, else of the one in use. @throws `not_found`, `invalid_param` */
  validate(tenantId: string, name: ModelName, credentials: CredentialInput['credentials'], id?: string): Promise<void>
}

export interface CustomModelServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly store: WorkspaceModelStore
  readonly sealed: SealedCredentials
  readonly check: CheckWithProvider
}

export function createCustomModelService({ db, clock, store, sealed, check }: CustomModelServiceDependencies): CustomModelService {
  const open = async (row: ModelKeyRow | undefined): Promise<Credentials | undefined> => row && sealed.open(row.tenant_id, row.sealed)
  const readAndCheck = async (
    name: ModelName,
    form: { readonly given: CredentialInput['credentials']; readonly stored?: Credentials | undefined },
  ): Promise<Credentials> => {
    const provider = getProvider(name.provider)
    assertTakes(provider, name)
    const context = { __model_type: name.type, __model_name: name.model }
    const credentials = readCredentialForm({ fields: provider.modelCredentialFields, context, ...form })
    await check(provider, credentials, name)
    return credentials
  }
  /** What changes a model's keys, told to whoever keeps them in memory. */
  const change = async (model: ModelPlace, work: (db: Db) => Promise<void>): Promise<void> => {
    await inTransaction(db, work)
    await store.changed(model.tenantId)
  }

  return {
    async findCredentials(tenantId, name, id) {
      const keys = await listModelKeys(db, placeOf(tenantId, name))
      if (keys.length === 0) return undefined
      return (await open(id === undefined ? currentOf(keys) : getKey(keys, name, id))) ?? {}
    },
    async addKey(tenantId, name, { credentials: given, name: wanted }) {
      const model = placeOf(tenantId, name)
      const text = await sealed.seal(tenantId, await readAndCheck(name, { given }))
      const now = clock.now()
      let isNew = false
      await change(model, async (db) => {
        const others = await listModelKeys(db, model)
        isNew = others.length === 0
        await insertModelKey(db, {
          id: newId(),
          tenant_id: tenantId,
          provider: model.provider,
          model: model.model,
          model_type: model.type,
          credential_name: chooseCredentialName(namesOf(others), wanted),
          sealed: text,
          is_active: toFlag(isNew),
          shares_load: 0,
          created_at: now,
          updated_at: now,
        })
      })
      return { isNew }
    },
    async updateKey(tenantId, name, { id, credentials: given, name: wanted }) {
      const model = placeOf(tenantId, name)
      const row = getKey(await listModelKeys(db, model), name, id)
      const text = await sealed.seal(tenantId, await readAndCheck(name, { given, stored: await open(row) }))
      await change(model, async (db) => {
        const others = (await listModelKeys(db, model)).filter((other) => other.id !== id)
        const credential_name = wanted ? chooseCredentialName(namesOf(others), wanted) : row.credential_name
        await updateModelKey(db, tenantId, id, { credential_name, sealed: text, updated_at: clock.now() })
      })
    },
    async removeKey(tenantId, name, id) {
      const model = placeOf(tenantId, name)
      const row = getKey(await listModelKeys(db, model), name, id)
      await change(model, async (db) => {
        await deleteModelKey(db, tenantId, id)
        const next = row.is_active === 1 ? currentOf(await listModelKeys(db, model)) : undefined
        if (next) await activateModelKey(db, model, next.id)
      })
    },
    ...createWholeModelChanges({ db, change }),
    async validate(tenantId, name, given, id) {
      const keys = await listModelKeys(db, placeOf(tenantId, name))
      const stored = await open(id === undefined ? currentOf(keys) : getKey(keys, name, id))
      await readAndCheck(name, { given, stored })
    },
  }
}

/** What needs no look at what a key holds. */
function createWholeModelChanges({
  db,
  change,
}: {
  readonly db: Db
  readonly change: (model: ModelPlace, work: (db: Db) => Promise<void>) => Promise<void>
}): Pick<CustomModelService, 'remove' | 'assertAdded' | 'useKey' | 'shareLoad' | 'setSharing'> {
  const getKeys = async (model: ModelPlace, name: ModelName): Promise<readonly ModelKeyRow[]> => {
    const keys = await listModelKeys(db, model)
    if (keys.length > 0) return keys
    const { label } = getProvider(name.provider)
    throw new AppError('not_found', { message: `The model ${name.model} was not added to ${label.en_US} here.` })
  }
  return {
    async remove(tenantId, name) {
      const model = placeOf(tenantId, name)
      await getKeys(model, name)
      await change(model, (db) => deleteModelKeys(db, model))
    },
    async assertAdded(tenantId, name) {
      await getKeys(placeOf(tenantId, name), name)
    },
    async useKey(tenantId, name, id) {
      const model = placeOf(tenantId, name)
      getKey(await getKeys(model, name), name, id)
      await change(model, (db) => activateModelKey(db, model, id))
    },
    async shareLoad(tenantId, name, id, isSharing) {
      const model = placeOf(tenantId, name)
      getKey(await getKeys(model, name), name, id)
      await change(model, (db) => updateModelKey(db, tenantId, id, { shares_load: toFlag(isSharing) }))
    },
    async setSharing(tenantId, name, ids) {
      const model = placeOf(tenantId, name)
      const keys = await getKeys(model, name)
      for (const id of ids) getKey(keys, name, id)
      await change(model, (db) => setSharingKeys(db, model, ids))
    },
  }
}

const placeOf = (tenantId: string, { provider, model, type }: ModelName): ModelPlace => ({
  tenantId,
  provider: getProvider(provider).id,
  model,
  type,
})

const namesOf = (keys: readonly ModelKeyRow[]): string[] => keys.map((key) => key.credential_name)

function getKey(keys: readonly ModelKeyRow[], { model }: ModelName, id: string): ModelKeyRow {
  const row = keys.find((key) => key.id === id)
  if (row) return row
  throw new AppError('not_found', { message: `The model ${model} has no such credentials.` })
}

const LONGEST_MODEL_NAME = 255

function assertTakes({ label, configurateMethods, modelTypes }: ProviderDefinition, { model, type }: ModelName): void {
  const refuse = (param: string, message: string): AppError => new AppError('invalid_param', { param, message })
  if (!configurateMethods.includes('customizable-model')) {
    throw refuse('provider', `${label.en_US} takes no models of one’s own: it offers those of its catalogue.`)
  }
  if (!modelTypes.includes(type)) {
    throw refuse('model_type', `${label.en_US} has no models of the kind ${type}, only ${modelTypes.join(', ')}.`)
  }
  if (model.trim() !== model || model.length > LONGEST_MODEL_NAME) {
    throw refuse('model', `A model’s name has no spaces around it and at most ${LONGEST_MODEL_NAME} characters.`)
  }
}
