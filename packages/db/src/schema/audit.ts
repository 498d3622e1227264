import type { JsonText, Milliseconds } from './columns.ts'

/** What somebody changed. Never changed itself; deleted by the clock. */
export interface AuditLogTable {
  /** Ids sort by time. */
  id: string
  tenant_id: string
  account_id: string
  /** As it was then: accounts go. */
  account_name: string
  action: string
  target_type: string | null
  target_id: string | null
  /** As it was called before the change. */
  target_name: string | null
  details: JsonText
  ip: string
  created_at: Milliseconds
}
