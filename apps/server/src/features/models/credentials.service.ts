import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, Credentials, ProviderDefinition } from '@trellis/spec'
import type { CheckWithProvider } from './check-with-provider.ts'
import { readCredentialForm } from './credential-form.ts'
import { chooseCredentialName } from './credential-name.ts'
import { currentOf } from './key-pools.ts'
import { maskCredentials } from './mask-secrets.ts'
import {
  activateCredential,
  type CredentialRow,
  deleteCredential,
  findCredential,
  insertCredential,
  listCredentials,
  updateCredential,
} from './models.repository.ts'
import { getProvider } from './provider-lookup.ts'
import type { SealedCredentials } from './sealed-credentials.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface CredentialInput {
  readonly credentials: Readonly<Record<string, unknown>>
  readonly name?: string | null | undefined
}

/** Named sets of credentials of a workspace's providers; of each provider's, one is in use, and others may share its load. `provider` is any of its names. */
export interface CredentialService {
  /** Secrets masked; the set in use where no id is given; undefined where there is none. @throws `not_found` */
  findMasked(tenantId: string, provider: string, id?: string): Promise<Credentials | undefined>
  /** Checks with the provider, then keeps. The first set of a provider's is in use at once. @throws `not_found`, `invalid_param` */
  create(tenantId: string, provider: string, input: CredentialInput): Promise<void>
  /** Masked secrets stay as they are. @throws `not_found`, `invalid_param` */
  update(tenantId: string, provider: string, change: CredentialInput & { readonly id: string }): Promise<void>
  /** Where it was in use, the oldest other set takes its place. @throws `not_found` */
  delete(tenantId: string, provider: string, id: string): Promise<void>
  /** @throws `not_found` */
  use(tenantId: string, provider: string, id: string): Promise<void>
  /** Whether calls go by these too, in turn with the ones in use. @throws `not_found` */
  shareLoad(tenantId: string, provider: string, id: string, isSharing: boolean): Promise<void>
  /** Which sets share the load, and no others. @throws `not_found` */
  setSharing(tenantId: string, provider: string, ids: readonly string[]): Promise<void>
  /** Masked secrets stand for those of the set in use. @throws `not_found`, `invalid_param` */
  validate(tenantId: string, provider: string, credentials: CredentialInput['credentials']): Promise<void>
}

export interface CredentialServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly store: WorkspaceModelStore
  readonly sealed: SealedCredentials
  readonly check: CheckWithProvider
}

export function createCredentialService({ db, clock, store, sealed, check }: CredentialServiceDependencies): CredentialService {
  const get = async (tenantId: string, provider: ProviderDefinition, id: string): Promise<CredentialRow> => {
    const row = await findCredential(db, tenantId, id)
    if (row?.provider !== provider.id) throw noSuchCredentials(provider)
    return row
  }
  const findActive = async (tenantId: string, provider: ProviderDefinition): Promise<CredentialRow | undefined> =>
    currentOf((await listCredentials(db, tenantId)).filter((row) => row.provider === provider.id))
  const openRow = async (row: CredentialRow | undefined): Promise<Credentials | undefined> => row && sealed.open(row.tenant_id, row.sealed)
  const readAndCheck = async (
    provider: ProviderDefinition,
    given: CredentialInput['credentials'],
    stored: Credentials | undefined,
  ): Promise<Credentials> => {
    assertHasForm(provider)
    const credentials = readCredentialForm({ fields: provider.credentialFields, given, stored })
    await check(provider, credentials)
    return credentials
  }

  return {
    async findMasked(tenantId, providerId, id) {
      const provider = getProvider(providerId)
      const row = id ? await get(tenantId, provider, id) : await findActive(tenantId, provider)
      return row && maskCredentials(provider.credentialFields, (await openRow(row)) ?? {})
    },
    async create(tenantId, providerId, { credentials: given, name }) {
      const provider = getProvider(providerId)
      const text = await sealed.seal(tenantId, await readAndCheck(provider, given, undefined))
      const now = clock.now()
      await inTransaction(db, async (db) => {
        const others = (await listCredentials(db, tenantId)).filter((row) => row.provider === provider.id)
        const row = {
          id: newId(),
          tenant_id: tenantId,
          provider: provider.id,
          name: chooseCredentialName(namesOf(others), name),
          sealed: text,
        }
        await insertCredential(db, { ...row, is_active: toFlag(others.length === 0), shares_load: 0, created_at: now, updated_at: now })
      })
      await store.changed(tenantId)
    },
    async update(tenantId, providerId, { id, credentials: given, name }) {
      const provider = getProvider(providerId)
      const row = await get(tenantId, provider, id)
      const text = await sealed.seal(tenantId, await readAndCheck(provider, given, await openRow(row)))
      await inTransaction(db, async (db) => {
        const others = (await listCredentials(db, tenantId)).filter((other) => other.provider === provider.id && other.id !== id)
        const change = { name: name ? chooseCredentialName(namesOf(others), name) : row.name, sealed: text, updated_at: clock.now() }
        await updateCredential(db, tenantId, id, change)
      })
      await store.changed(tenantId)
    },
    async delete(tenantId, providerId, id) {
      const provider = getProvider(providerId)
      const row = await get(tenantId, provider, id)
      await inTransaction(db, async (db) => {
        await deleteCredential(db, tenantId, id)
        const next = (await listCredentials(db, tenantId)).find((other) => other.provider === provider.id)
        if (row.is_active === 1 && next) await activateCredential(db, tenantId, provider.id, next.id)
      })
      await store.changed(tenantId)
    },
    ...createCredentialChoices({ db, store }),
    async validate(tenantId, providerId, given) {
      const provider = getProvider(providerId)
      await readAndCheck(provider, given, await openRow(await findActive(tenantId, provider)))
    },
  }
}

/** Which sets calls go by. */
function createCredentialChoices({
  db,
  store,
}: Pick<CredentialServiceDependencies, 'db' | 'store'>): Pick<CredentialService, 'use' | 'shareLoad' | 'setSharing'> {
  const choose = async (
    tenantId: string,
    providerId: string,
    ids: readonly string[],
    work: (db: Db, sets: readonly CredentialRow[]) => Promise<void>,
  ): Promise<void> => {
    const provider = getProvider(providerId)
    await inTransaction(db, async (db) => {
      const sets = (await listCredentials(db, tenantId)).filter((row) => row.provider === provider.id)
      if (ids.some((id) => !sets.some((row) => row.id === id))) throw noSuchCredentials(provider)
      await work(db, sets)
    })
    await store.changed(tenantId)
  }
  return {
    use: (tenantId, providerId, id) =>
      choose(tenantId, providerId, [id], async (db, sets) => {
        const former = currentOf(sets)
        await activateCredential(db, tenantId, getProvider(providerId).id, id)
        const isShared = sets.some((row) => row.id === id && row.shares_load === 1)
        // Of two that share the load, the one that was in use goes on sharing it.
        if (isShared && former && former.id !== id) await updateCredential(db, tenantId, former.id, { shares_load: 1 })
      }),
    shareLoad: (tenantId, providerId, id, isSharing) =>
      choose(tenantId, providerId, [id], (db) => updateCredential(db, tenantId, id, { shares_load: toFlag(isSharing) })),
    setSharing: (tenantId, providerId, ids) =>
      choose(tenantId, providerId, ids, async (db, sets) => {
        for (const { id } of sets) await updateCredential(db, tenantId, id, { shares_load: toFlag(ids.includes(id)) })
      }),
  }
}

const noSuchCredentials = ({ label }: ProviderDefinition): AppError =>
  new AppError('not_found', { message: `${label.en_US} has no such credentials.` })

/** A check that failed is an answer, not an error; what names nothing that exists stays one. */
export async function resultOf(check: Promise<void>): Promise<{ result: 'success' | 'error'; error: string | null }> {
  try {
    await check
    return { result: 'success', error: null }
  } catch (error) {
    if (!AppError.is(error) || error.code === 'not_found') throw error
    return { result: 'error', error: error.message }
  }
}

function assertHasForm({ label, credentialFields, isKeyless }: ProviderDefinition): void {
  if (credentialFields.length > 0) return
  throw new AppError('invalid_param', {
    param: 'provider',
    message: isKeyless
      ? `${label.en_US} needs no credentials.`
      : `${label.en_US} takes credentials with each model. Add a model instead (POST …/models/credentials).`,
    refusal: { reason: isKeyless ? 'credentials_none' : 'credentials_of_models', values: { provider: label.en_US } },
  })
}

const namesOf = (rows: readonly CredentialRow[]): string[] => rows.map(({ name }) => name)
