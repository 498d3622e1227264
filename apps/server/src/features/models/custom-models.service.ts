import { AppError } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Credentials, ProviderDefinition } from '@trellis/spec'
import type { CheckWithProvider } from './check-with-provider.ts'
import { readCredentialForm } from './credential-form.ts'
import type { CredentialInput } from './credentials.service.ts'
import { maskCredentials } from './mask-secrets.ts'
import { type CustomModelRow, deleteCustomModel, findCustomModel, insertCustomModel, updateCustomModel } from './models.repository.ts'
import { getProvider, type ModelName } from './provider-lookup.ts'
import type { SealedCredentials } from './sealed-credentials.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface MaskedModelCredentials {
  readonly id: string
  readonly name: string
  readonly credentials: Credentials
}

/** Models that a workspace adds to a provider. Each has one set of credentials of its own. */
export interface CustomModelService {
  /** Secrets masked; undefined where the model was not added. @throws `not_found` */
  findMasked(tenantId: string, name: ModelName, id?: string): Promise<MaskedModelCredentials | undefined>
  /** Checks with the provider, then adds. @throws `not_found`, `invalid_param` */
  add(tenantId: string, name: ModelName, input: CredentialInput): Promise<void>
  /** Masked secrets stay as they are. @throws `not_found`, `invalid_param` */
  update(tenantId: string, name: ModelName, change: CredentialInput & { readonly id: string }): Promise<void>
  /** @throws `not_found`, also where `id` is given and is not that of the model's credentials */
  remove(tenantId: string, name: ModelName, id?: string): Promise<void>
  /** @throws `not_found` where the model was not added, or `id` is not that of its credentials */
  assertAdded(tenantId: string, name: ModelName, id?: string): Promise<void>
  /** Masked secrets stand for those of the model, where it is added. @throws `not_found`, `invalid_param` */
  validate(tenantId: string, name: ModelName, credentials: CredentialInput['credentials']): Promise<void>
}

export interface CustomModelServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly store: WorkspaceModelStore
  readonly sealed: SealedCredentials
  readonly check: CheckWithProvider
}

export function createCustomModelService({ db, clock, store, sealed, check }: CustomModelServiceDependencies): CustomModelService {
  const find = (tenantId: string, provider: ProviderDefinition, name: ModelName): Promise<CustomModelRow | undefined> =>
    findCustomModel(db, tenantId, { ...name, provider: provider.id })
  const get = async (tenantId: string, name: ModelName, id?: string): Promise<CustomModelRow> => {
    const provider = getProvider(name.provider)
    const row = await find(tenantId, provider, name)
    if (row && (id === undefined || row.id === id)) return row
    throw new AppError('not_found', {
      message: row
        ? `The model ${name.model} has no such credentials.`
        : `The model ${name.model} was not added to ${provider.label.en_US} here.`,
    })
  }
  const open = async (row: CustomModelRow | undefined): Promise<Credentials | undefined> => row && sealed.open(row.tenant_id, row.sealed)
  const readAndCheck = async (
    provider: ProviderDefinition,
    name: ModelName,
    form: { readonly given: CredentialInput['credentials']; readonly stored?: Credentials | undefined },
  ): Promise<Credentials> => {
    assertTakes(provider, name)
    const context = { __model_type: name.type, __model_name: name.model }
    const credentials = readCredentialForm({ fields: provider.modelCredentialFields, context, ...form })
    await check(provider, credentials, name)
    return credentials
  }

  return {
    async findMasked(tenantId, name, id) {
      const provider = getProvider(name.provider)
      if (!(await find(tenantId, provider, name))) return undefined
      const row = await get(tenantId, name, id)
      const credentials = maskCredentials(provider.modelCredentialFields, (await open(row)) ?? {})
      return { id: row.id, name: row.credential_name, credentials }
    },
    async add(tenantId, name, { credentials: given, name: credentialName }) {
      const provider = getProvider(name.provider)
      if (await find(tenantId, provider, name)) throw alreadyAdded(name)
      const text = await sealed.seal(tenantId, await readAndCheck(provider, name, { given }))
      const now = clock.now()
      try {
        await insertCustomModel(db, {
          id: newId(),
          tenant_id: tenantId,
          provider: provider.id,
          model: name.model,
          model_type: name.type,
          credential_name: credentialName || name.model.slice(0, 64),
          sealed: text,
          created_at: now,
          updated_at: now,
        })
      } catch (error) {
        throw isUniqueViolation(error) ? alreadyAdded(name, error) : error
      }
      await store.changed(tenantId)
    },
    async update(tenantId, name, { id, credentials: given, name: credentialName }) {
      const row = await get(tenantId, name, id)
      const credentials = await readAndCheck(getProvider(name.provider), name, { given, stored: await open(row) })
      await updateCustomModel(db, tenantId, id, {
        credential_name: credentialName || row.credential_name,
        sealed: await sealed.seal(tenantId, credentials),
        updated_at: clock.now(),
      })
      await store.changed(tenantId)
    },
    async remove(tenantId, name, id) {
      const row = await get(tenantId, name, id)
      await deleteCustomModel(db, tenantId, row.id)
      await store.changed(tenantId)
    },
    async assertAdded(tenantId, name, id) {
      await get(tenantId, name, id)
    },
    async validate(tenantId, name, given) {
      const provider = getProvider(name.provider)
      await readAndCheck(provider, name, { given, stored: await open(await find(tenantId, provider, name)) })
    },
  }
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

const alreadyAdded = ({ model }: ModelName, cause?: unknown): AppError =>
  new AppError('invalid_param', {
    param: 'model',
    message: `The model ${model} is added already. Change its credentials instead.`,
    cause,
    refusal: { reason: 'model_added', values: { model } },
  })
