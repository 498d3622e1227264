import { type AuditAction, auditActions, consoleAuditRoutes as routes } from '@trellis/contracts'
import { type Db, fromJsonText } from '@trellis/db'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import { type AuditRow, listAuditEntries } from './audit.repository.ts'
import type { TargetType } from './audit-rules.ts'

export function mountAuditRoutes(mount: Mount, { db }: { readonly db: Db }): void {
  mount(routes.listAuditLog).to(async ({ actor, query }) => {
    const { action, account_id: accountId, app_id: appId, since, last_id: lastId, limit } = query
    const sinceMs = since === undefined ? undefined : since * 1000
    const rows = await listAuditEntries(db, actor.tenantId, { action, accountId, appId, sinceMs, lastId, limit: limit + 1 })
    return { limit, has_more: rows.length > limit, data: rows.slice(0, limit).filter(isKnown).map(present) }
  })
}

/** An entry of a later release, after a step back: this one has no words for it. */
const isKnown = (row: AuditRow): row is AuditRow & { readonly action: AuditAction } => auditActions.some((action) => action === row.action)

const present = (row: AuditRow & { readonly action: AuditAction }) => ({
  id: row.id,
  action: row.action,
  account: { id: row.account_id, name: row.account_name },
  target: presentTarget(row),
  details: fromJsonText<Record<string, unknown>>(row.details),
  ip: row.ip,
  created_at: toSeconds(row.created_at),
})

function presentTarget({ target_type, target_id, target_name }: AuditRow) {
  if (target_type === null) return null
  // Written by `recordChange`, which takes no other.
  const type = target_type as TargetType
  return { type, id: target_id ?? '', name: target_name ?? '' }
}
