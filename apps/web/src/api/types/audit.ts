import type { AuditEntry, consoleAuditRoutes, ResponseOf } from '@trellis/contracts'

export type { AuditEntry }
export type AuditPage = ResponseOf<typeof consoleAuditRoutes.listAuditLog>

/** What stands before the dot of an action. */
export type AuditKind =
  | 'account'
  | 'annotation'
  | 'app'
  | 'budget'
  | 'extension'
  | 'key'
  | 'member'
  | 'model'
  | 'provider'
  | 'tag'
  | 'workspace'

export interface AuditFilter {
  readonly kind: AuditKind | undefined
  readonly accountId: string | undefined
  /** Unix seconds. */
  readonly since: number | undefined
}
