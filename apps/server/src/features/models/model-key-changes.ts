import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation, toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { chooseCredentialName } from './credential-name.ts'
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
import { getProvider } from './provider-lookup.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

interface SealedKey {
  readonly sealed: string
  readonly name: string | null | undefined
}

/** Changes of the keys of a model that was added, each whole or not at all. @throws `not_found` where the model or the key is not there (any more) */
export interface ModelKeyChanges {
  /** The first key adds the model, and is in use at once. @throws `invalid_param` where another key has the name */
  add(model: ModelPlace, key: SealedKey): Promise<{ readonly isNew: boolean }>
  /** @throws `invalid_param` where another key has the name */
  replace(model: ModelPlace, id: string, key: SealedKey): Promise<void>
  /** Where it was in use, the oldest other one takes its place; the model goes with its last. */
  remove(model: ModelPlace, id: string): Promise<void>
  removeAll(model: ModelPlace): Promise<void>
  /** Which one is in use, and which others share its load; what is not said stays. */
  arrange(
    model: ModelPlace,
    wanted: { readonly currentId?: string | undefined; readonly sharingIds?: readonly string[] | undefined },
  ): Promise<void>
  shareLoad(model: ModelPlace, id: string, isSharing: boolean): Promise<void>
}

export function createModelKeyChanges(dependencies: {
  readonly db: Db
  readonly clock: Clock
  readonly store: WorkspaceModelStore
}): ModelKeyChanges {
  const { db, clock, store } = dependencies
  const change = async <T>(model: ModelPlace, work: (db: Db, keys: readonly ModelKeyRow[]) => Promise<T>): Promise<T> => {
    const result = await untilUnique(() => inTransaction(db, async (db) => work(db, await listModelKeys(db, model))))
    await store.changed(model.tenantId)
    return result
  }
  return {
    add: (model, { sealed, name }) =>
      change(model, async (db, keys) => {
        const isNew = keys.length === 0
        const now = clock.now()
        const { tenantId: tenant_id, type: model_type, ...named } = model
        const row = { id: newId(), tenant_id, ...named, model_type, sealed, credential_name: chooseCredentialName(namesOf(keys), name) }
        await insertModelKey(db, { ...row, is_active: toFlag(isNew), shares_load: 0, created_at: now, updated_at: now })
        return { isNew }
      }),
    replace: (model, id, { sealed, name }) =>
      change(model, async (db, keys) => {
        getKey(model, keys, id)
        const others = keys.filter((key) => key.id !== id)
        const named = name ? { credential_name: chooseCredentialName(namesOf(others), name) } : {}
        await updateModelKey(db, model.tenantId, id, { ...named, sealed, updated_at: clock.now() })
      }),
    remove: (model, id) => change(model, (db, keys) => removeKey(db, model, keys, id)),
    removeAll: (model) =>
      change(model, async (db, keys) => {
        assertAdded(model, keys)
        await deleteModelKeys(db, model)
      }),
    arrange: (model, { currentId, sharingIds }) =>
      change(model, async (db, keys) => {
        assertAdded(model, keys)
        for (const id of sharingIds ?? []) getKey(model, keys, id)
        if (currentId !== undefined) await makeCurrent(db, model, keys, currentId)
        if (sharingIds !== undefined) await setSharingKeys(db, model, sharingIds)
      }),
    shareLoad: (model, id, isSharing) =>
      change(model, async (db, keys) => {
        getKey(model, keys, id)
        await updateModelKey(db, model.tenantId, id, { shares_load: toFlag(isSharing) })
      }),
  }
}

/** The model keeps its place among the others, which is that of its oldest key. */
async function removeKey(db: Db, model: ModelPlace, keys: readonly ModelKeyRow[], id: string): Promise<void> {
  const key = getKey(model, keys, id)
  if ((await deleteModelKey(db, model.tenantId, id)) === 0) throw noSuchKey(model)
  const next = keys.find((other) => other !== key)
  if (!next) return
  if (key === keys[0]) await updateModelKey(db, model.tenantId, next.id, { created_at: key.created_at })
  if (key === currentOf(keys)) await activateModelKey(db, model, next.id)
}

/** Of two that share the load, the one that was in use goes on sharing it. */
async function makeCurrent(db: Db, model: ModelPlace, keys: readonly ModelKeyRow[], id: string): Promise<void> {
  const key = getKey(model, keys, id)
  const former = currentOf(keys)
  await activateModelKey(db, model, id)
  if (former && former !== key && key.shares_load === 1) await updateModelKey(db, model.tenantId, former.id, { shares_load: 1 })
}

const namesOf = (keys: readonly ModelKeyRow[]): string[] => keys.map((key) => key.credential_name)

const noSuchKey = ({ model }: ModelPlace): AppError => new AppError('not_found', { message: `The model ${model} has no such credentials.` })

/** @throws `not_found` */
export function getKey(model: ModelPlace, keys: readonly ModelKeyRow[], id: string): ModelKeyRow {
  const key = keys.find((row) => row.id === id)
  if (!key) throw noSuchKey(model)
  return key
}

/** @throws `not_found` */
function assertAdded({ model, provider }: ModelPlace, keys: readonly ModelKeyRow[]): void {
  if (keys.length > 0) return
  throw new AppError('not_found', { message: `The model ${model} was not added to ${getProvider(provider).label.en_US} here.` })
}

const MOST_TRIES = 10

/** Whoever changes the keys of a model beside somebody else may meet its unique indexes (names, the one in use), and looks again. */
async function untilUnique<T>(work: () => Promise<T>, triesLeft = MOST_TRIES): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (triesLeft === 1 || !isUniqueViolation(error)) throw error
    return untilUnique(work, triesLeft - 1)
  }
}
