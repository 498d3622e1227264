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
  const touching = new Set<Promise<void>>()
  /** What is kept of holders does not tell of notes that were written since. */
  const touchedAt = new Map<string, number>()
  const touch = ({ id: keyId, tenant_id: tenantId, last_used_at: stored }: KeyHolder['key']): void => {
    const now = clock.now()
    if (now - Math.max(stored ?? 0, touchedAt.get(keyId) ?? 0) < TOUCH_INTERVAL_MS) return
    if (touchedAt.size >= MOST_HOLDERS) touchedAt.clear()
    touchedAt.set(keyId, now)
    const done = touchKey(db, tenantId, { keyId, now })
      .catch((error: unknown) => logger.warn({ err: error, keyId }, 'Could not note the use of an API key'))
      .finally(() => touching.delete(done))
    touching.add(done)
  }
  return {
    async authenticate(token) {
      const tokenHash = hashToken(token)
      const holder = await holders.get(tokenHash, () => findKeyHolder(db, tokenHash))
      if (!holder) throw new AppError('unauthorized', { message: 'The API key is not valid. It may have been deleted or mistyped.' })
      const app = assertUsable(holder)
      const { key } = holder
      touch(key)
      return { type: 'app-key', tenantId: key.tenant_id, app, keyId: key.id }
    },
    async close() {
      await Promise.all(touching)
    },
  }
}
