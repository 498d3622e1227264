import { hash } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import type { AppKeyActor } from '../../http/actor.ts'
import { Remembered } from '../../remembered.ts'
import type { TableChanges } from '../../table-changes.ts'
import { assertUsable } from './api-keys.policy.ts'
import { findKeyHolder, type KeyHolder, keyHolderTables, touchKey } from './api-keys.repository.ts'

const TOUCH_INTERVAL_MS = 60_000
/** A key that another process withdrew is refused after this time at the latest. */
const HOLDER_LIFETIME_MS = 5_000
const MOST_HOLDERS = 10_000

export const hashToken = (token: string): string => hash('sha256', token, 'hex')

export interface AppKeyGuard {
  /** Who holds this key. @throws `unauthorized`, `forbidden` (service-api 3.3) */
  authenticate(token: string): Promise<AppKeyActor>
  /** Waits for notes of use that are still being written. */
  close(): Promise<void>
}

export interface AppKeyGuardDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly tableChanges: TableChanges
}

/** Lets callers of the Service API in. When a key was used last is noted beside the call, at most once a minute. */
export function createAppKeyGuard({ db, clock, logger, tableChanges }: AppKeyGuardDependencies): AppKeyGuard {
  const holders = new Remembered<KeyHolder>({
    clock,
    changes: tableChanges,
    tables: keyHolderTables,
    lifetimeMs: HOLDER_LIFETIME_MS,
    limit: MOST_HOLDERS,
  })
  const touching = new Map<string, Promise<void>>()
  const touch = (tenantId: string, keyId: string): void => {
    if (touching.has(keyId)) return
    const done = touchKey(db, tenantId, { keyId, now: clock.now() })
      .catch((error: unknown) => logger.warn({ err: error, keyId }, 'Could not note the use of an API key'))
      .finally(() => touching.delete(keyId))
    touching.set(keyId, done)
  }
  return {
    async authenticate(token) {
      const tokenHash = hashToken(token)
      const holder = await holders.get(tokenHash, () => findKeyHolder(db, tokenHash))
      if (!holder) throw new AppError('unauthorized', { message: 'The API key is not valid. It may have been deleted or mistyped.' })
      const app = assertUsable(holder)
      const { key } = holder
      if (key.last_used_at === null || clock.now() - key.last_used_at >= TOUCH_INTERVAL_MS) touch(key.tenant_id, key.id)
      return { type: 'app-key', tenantId: key.tenant_id, app, keyId: key.id }
    },
    async close() {
      await Promise.all(touching.values())
    },
  }
}
