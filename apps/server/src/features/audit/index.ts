import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount, Witness } from '../../http/mount.ts'
import { deleteAuditEntriesBefore } from './audit.repository.ts'
import { mountAuditRoutes } from './audit.routes.ts'
import { type AuditWitnessDependencies, createAuditWitness } from './audit-witness.ts'

/** Who changed what in a workspace. */
export interface Audit {
  /** Writes the entries; for the mount. */
  readonly witness: Witness
  mountRoutes(mount: Mount): void
}

export function createAudit(dependencies: AuditWitnessDependencies): Audit {
  return {
    witness: createAuditWitness(dependencies),
    mountRoutes: (mount) => mountAuditRoutes(mount, dependencies),
  }
}

export interface AuditRetention {
  readonly db: Db
  readonly clock: Clock
  /** 0 keeps entries for ever. */
  readonly retentionMs: number
}

export async function deleteOldAuditEntries({ db, clock, retentionMs }: AuditRetention): Promise<void> {
  if (retentionMs > 0) await deleteAuditEntriesBefore(db, clock.now() - retentionMs)
}

export { recordAccountChange, recordChange } from './record-change.ts'
