import { AppError } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import { newId, randomToken } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { type ApiKeyRow, deleteKeyOfApp, insertKey, listKeysOfApp } from './api-keys.repository.ts'
import { hashToken } from './app-key-guard.ts'

const PREFIX = 'app-'
const SECRET_LENGTH = 24
const MAX_KEYS_PER_APP = 10

/** What this slice asks of the one that owns apps. */
export interface KeyedApps {
  /** @throws `app_not_found` */
  getApp(tenantId: string, appId: string): Promise<unknown>
  /** Makes other changers of the app wait until the transaction ends. @throws `app_not_found` */
  lockApp(db: Db, tenantId: string, appId: string): Promise<void>
}

export interface ApiKeyService {
  /** Newest first. @throws `app_not_found` */
  list(tenantId: string, appId: string): Promise<readonly ApiKeyRow[]>
  /** The only time that the token is known. @throws `app_not_found`, `max_keys_exceeded` */
  create(tenantId: string, key: { readonly appId: string; readonly accountId: string }): Promise<{ key: ApiKeyRow; token: string }>
  /** @throws `app_not_found`, `not_found` */
  delete(tenantId: string, key: { readonly appId: string; readonly keyId: string }): Promise<void>
}

export interface ApiKeyServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly apps: KeyedApps
}

export function createApiKeyService({ db, clock, apps }: ApiKeyServiceDependencies): ApiKeyService {
  return {
    async list(tenantId, appId) {
      await apps.getApp(tenantId, appId)
      return listKeysOfApp(db, tenantId, appId)
    },
    async create(tenantId, { appId, accountId }) {
      const token = `${PREFIX}${randomToken(SECRET_LENGTH)}`
      const key: ApiKeyRow = {
        id: newId(),
        tenant_id: tenantId,
        app_id: appId,
        type: 'app',
        token_hash: hashToken(token),
        token_masked: maskToken(token),
        last_used_at: null,
        created_by: accountId,
        created_at: clock.now(),
      }
      await inTransaction(db, async (db) => {
        await apps.lockApp(db, tenantId, appId)
        if ((await listKeysOfApp(db, tenantId, appId)).length >= MAX_KEYS_PER_APP) throw new AppError('max_keys_exceeded')
        await insertKey(db, key)
      })
      return { key, token }
    },
    async delete(tenantId, key) {
      await inTransaction(db, async (db) => {
        await apps.lockApp(db, tenantId, key.appId)
        if (!(await deleteKeyOfApp(db, tenantId, key))) throw new AppError('not_found', { message: 'The app has no such API key.' })
      })
    },
  }
}

/** Enough to tell keys apart, too little to guess one: 16 of its 24 characters stay hidden. */
const maskToken = (token: string): string => `${token.slice(0, PREFIX.length + 4)}...${token.slice(-4)}`
