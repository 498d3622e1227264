import type { HttpClient } from './http-client.ts'
import type { AuditFilter, AuditPage } from './types/audit.ts'

export interface AuditApi {
  /** The latest first; `lastId` is the last entry that is known. */
  list(filter: AuditFilter, lastId: string | undefined): Promise<AuditPage>
}

const PAGE_SIZE = 50

export function createAuditApi(http: HttpClient): AuditApi {
  return {
    list: ({ kind, accountId, since }, lastId) =>
      http.get('/workspaces/current/audit-log', {
        query: { action: kind, account_id: accountId, since, last_id: lastId, limit: PAGE_SIZE },
      }),
  }
}
