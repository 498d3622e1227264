import type { Db } from '@trellis/db'
import type { Clock, Logger } from '@trellis/spec'
import type { AppKeyActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { TableChanges } from '../../table-changes.ts'
import { mountApiKeyRoutes } from './api-keys.routes.ts'
import { createApiKeyService, type KeyedApps } from './api-keys.service.ts'
import { createAppKeyGuard } from './app-key-guard.ts'

export interface ApiKeysDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly tableChanges: TableChanges
  readonly apps: KeyedApps
}

/** The keys of the Service API: stored as hashes, shown once. */
export interface ApiKeys {
  mountRoutes(mount: Mount): void
  /** Who holds this key. @throws `unauthorized`, `forbidden` (service-api 3.3) */
  authenticateAppKey(token: string): Promise<AppKeyActor>
  /** Waits for notes of use that are still being written. */
  close(): Promise<void>
}

export function createApiKeys({ db, clock, logger, tableChanges, apps }: ApiKeysDependencies): ApiKeys {
  const service = createApiKeyService({ db, clock, apps })
  const guard = createAppKeyGuard({ db, clock, logger, tableChanges })
  return {
    mountRoutes: (mount) => mountApiKeyRoutes(mount, service),
    authenticateAppKey: guard.authenticate,
    close: guard.close,
  }
}

export type { KeyedApps } from './api-keys.service.ts'
