import type { AuditAction } from '@trellis/contracts'
import { type Db, toJsonText } from '@trellis/db'
import { newId } from '@trellis/kit'
import { insertAuditEntry, listWorkspacesOf } from './audit.repository.ts'
import type { TargetType } from './audit-rules.ts'

export interface Change {
  readonly tenantId: string
  readonly account: { readonly id: string; readonly name: string }
  readonly action: AuditAction
  readonly target?: { readonly type: TargetType; readonly id: string; readonly name: string } | undefined
  /** Never secrets. */
  readonly details?: Readonly<Record<string, unknown>> | undefined
  readonly ip?: string
  readonly now: number
}

const MAX_ID_LENGTH = 255
const MAX_IP_LENGTH = 64

/** Writes an entry; within a transaction, with what it tells of. */
export const recordChange = (db: Db, { tenantId, account, action, target, details = {}, ip = '', now }: Change): Promise<void> =>
  insertAuditEntry(db, {
    id: newId(),
    tenant_id: tenantId,
    account_id: account.id,
    account_name: account.name,
    action,
    target_type: target?.type ?? null,
    target_id: target?.id.slice(0, MAX_ID_LENGTH) ?? null,
    target_name: target?.name ?? null,
    details: toJsonText(details),
    ip: ip.slice(0, MAX_IP_LENGTH),
    created_at: now,
  })

/** Writes an entry about a person, of their own doing, in each workspace that they belong to. */
export async function recordAccountChange(db: Db, change: Omit<Change, 'tenantId' | 'target'>): Promise<void> {
  for (const tenantId of await listWorkspacesOf(db, change.account.id)) await recordChange(db, { ...change, tenantId })
}
