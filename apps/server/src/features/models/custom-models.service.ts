import { AppError, type Refusal } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { findMissingPrice } from '@trellis/models'
import type { Clock, Credentials, ProviderDefinition } from '@trellis/spec'
import type { CheckWithProvider } from './check-with-provider.ts'
import { readCredentialForm, refuseMasksOf } from './credential-form.ts'
import type { CredentialInput } from './credentials.service.ts'
import { currentOf } from './key-pools.ts'
import { createModelKeyChanges, getKey } from './model-key-changes.ts'
import { listModelKeys, type ModelKeyRow, type ModelPlace } from './models.repository.ts'
import { getProvider, type ModelName } from './provider-lookup.ts'
import type { SealedCredentials } from './sealed-credentials.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

/** A key with its model's other ones, as they are stored now. */
export interface ShownKey {
  /** Oldest first. */
  readonly keys: readonly ModelKeyRow[]
  readonly shown: ModelKeyRow
  /** Undefined where they cannot be opened. */
  readonly credentials: Credentials | undefined
}

/** Models that a workspace adds to a provider. Each has keys of its own: one is in use, and others may share its load. */
export interface CustomModelService {
  /** The key in use where no id is given; undefined where the model was not added. @throws `not_found` */
  findKey(tenantId: string, name: ModelName, id?: string): Promise<ShownKey | undefined>
  /** Checks with the provider, then keeps. The first key adds the model and is in use at once. @throws `not_found`, `invalid_param` */
  addKey(tenantId: string, name: ModelName, input: CredentialInput): Promise<{ readonly isNew: boolean }>
  /** Masked secrets stay as they are. @throws `not_found`, `invalid_param` */
  updateKey(tenantId: string, name: ModelName, change: CredentialInput & { readonly id: string }): Promise<void>
  /** Where it was in use, the oldest other one takes its place; the model goes with its last. @throws `not_found` */
  removeKey(tenantId: string, name: ModelName, id: string): Promise<void>
  /** With all its keys. @throws `not_found` */
  remove(tenantId: string, name: ModelName): Promise<void>
  /** Which key is in use, and which others share its load; what is not said stays. @throws `not_found` */
  arrangeKeys(
    tenantId: string,
    name: ModelName,
    wanted: { readonly currentId?: string | undefined; readonly sharingIds?: readonly string[] | undefined },
  ): Promise<void>
  /** Whether calls go by this one too, in turn with the one in use. @throws `not_found` */
  shareLoad(tenantId: string, name: ModelName, id: string, isSharing: boolean): Promise<void>
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
  const changes = createModelKeyChanges({ db, clock, store })
  const findKey: CustomModelService['findKey'] = async (tenantId, name, id) => {
    const model = placeOf(tenantId, name)
    const keys = await listModelKeys(db, model)
    const shown = keys.length > 0 && id !== undefined ? getKey(model, keys, id) : currentOf(keys)
    return shown && { keys, shown, credentials: await sealed.open(tenantId, shown.sealed) }
  }
  const readAndCheck = async (
    name: ModelName,
    form: { readonly given: CredentialInput['credentials']; readonly stored?: Credentials | undefined },
  ): Promise<Credentials> => {
    const provider = getProvider(name.provider)
    assertTakes(provider, name)
    const context = { __model_type: name.type, __model_name: name.model }
    const credentials = readCredentialForm({ fields: provider.modelCredentialFields, context, ...form })
    assertWholePrice(provider, name, credentials)
    await check(provider, credentials, name)
    return credentials
  }

  return {
    findKey,
    async addKey(tenantId, name, { credentials: given, name: keyName }) {
      const model = placeOf(tenantId, name)
      const others = await Promise.all((await listModelKeys(db, model)).map((key) => sealed.open(tenantId, key.sealed)))
      refuseMasksOf(others, { fields: getProvider(name.provider).modelCredentialFields, given })
      return changes.add(model, { sealed: await sealed.seal(tenantId, await readAndCheck(name, { given })), name: keyName })
    },
    async updateKey(tenantId, name, { id, credentials: given, name: keyName }) {
      const model = placeOf(tenantId, name)
      const row = getKey(model, await listModelKeys(db, model), id)
      const credentials = await readAndCheck(name, { given, stored: await sealed.open(tenantId, row.sealed) })
      await changes.replace(model, id, { sealed: await sealed.seal(tenantId, credentials), name: keyName })
    },
    removeKey: async (tenantId, name, id) => changes.remove(placeOf(tenantId, name), id),
    remove: async (tenantId, name) => changes.removeAll(placeOf(tenantId, name)),
    arrangeKeys: async (tenantId, name, wanted) => changes.arrange(placeOf(tenantId, name), wanted),
    shareLoad: async (tenantId, name, id, isSharing) => changes.shareLoad(placeOf(tenantId, name), id, isSharing),
    async validate(tenantId, name, given, id) {
      const known = await findKey(tenantId, name, id)
      await readAndCheck(name, { given, stored: known?.credentials })
    },
  }
}

const placeOf = (tenantId: string, { provider, model, type }: ModelName): ModelPlace => ({
  tenantId,
  provider: getProvider(provider).id,
  model,
  type,
})

const LONGEST_MODEL_NAME = 255

function assertTakes({ label, configurateMethods, modelTypes }: ProviderDefinition, { model, type }: ModelName): void {
  const provider = label.en_US
  const refuse = (param: string, message: string, refusal: Refusal): AppError => new AppError('invalid_param', { param, message, refusal })
  if (!configurateMethods.includes('customizable-model')) {
    const told = `${provider} takes no models of one’s own: it offers those of its catalogue.`
    throw refuse('provider', told, { reason: 'models_of_catalogue', values: { provider } })
  }
  if (!modelTypes.includes(type)) {
    const told = `${provider} has no models of the kind ${type}, only ${modelTypes.join(', ')}.`
    throw refuse('model_type', told, { reason: 'model_kind', values: { provider } })
  }
  if (model.trim() !== model || model.length > LONGEST_MODEL_NAME) {
    const told = `A model’s name has no spaces around it and at most ${LONGEST_MODEL_NAME} characters.`
    throw refuse('model', told, { reason: 'model_name', values: { limit: LONGEST_MODEL_NAME } })
  }
}

function assertWholePrice({ modelCredentialFields: fields }: ProviderDefinition, { type }: ModelName, credentials: Credentials): void {
  const missing = findMissingPrice(type, credentials)
  const field = fields.find(({ variable }) => variable === missing)
  if (!field) return
  throw new AppError('invalid_param', {
    param: field.variable,
    message: `${field.label.en_US} (${field.variable}) is required where the other price is given. Enter 0 where it is free.`,
    refusal: { reason: 'price_half', values: { field: field.label.en_US } },
  })
}
