import type { AnnotationsTable, Db } from '@trellis/db'

interface Author {
  readonly account_name: string | null
  readonly account_email: string | null
}

/** What the log shows of a message's annotation. */
export type LoggedAnnotation = AnnotationsTable & Author

export interface LoggedHit extends Author {
  readonly message_id: string
  readonly annotation_id: string
  /** Who wrote the annotation; null where it is gone. */
  readonly account_id: string | null
  readonly created_at: number
}

/** By message. */
export async function findLoggedAnnotations(
  db: Db,
  tenantId: string,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, LoggedAnnotation>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('annotations')
    .leftJoin('accounts', 'accounts.id', 'annotations.account_id')
    .selectAll('annotations')
    .select(['accounts.name as account_name', 'accounts.email as account_email'])
    .where('annotations.tenant_id', '=', tenantId)
    .where('annotations.message_id', 'in', messageIds)
    .execute()
  return new Map(rows.map((row) => [row.message_id ?? '', row]))
}

/** By message that an annotation answered. */
export async function findLoggedHits(db: Db, tenantId: string, messageIds: readonly string[]): Promise<ReadonlyMap<string, LoggedHit>> {
  if (messageIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('annotation_hits')
    .leftJoin('annotations', 'annotations.id', 'annotation_hits.annotation_id')
    .leftJoin('accounts', 'accounts.id', 'annotations.account_id')
    .select(['annotation_hits.message_id', 'annotation_hits.annotation_id', 'annotation_hits.created_at', 'annotations.account_id'])
    .select(['accounts.name as account_name', 'accounts.email as account_email'])
    .where('annotation_hits.tenant_id', '=', tenantId)
    .where('annotation_hits.message_id', 'in', messageIds)
    .execute()
  return new Map(rows.map((row) => [row.message_id, row]))
}

/** Those of the conversations that have an annotated message. */
export async function findAnnotatedConversations(
  db: Db,
  tenantId: string,
  conversationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (conversationIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('annotations')
    .select('conversation_id')
    .distinct()
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', 'in', conversationIds)
    .execute()
  return new Set(rows.flatMap(({ conversation_id }) => conversation_id ?? []))
}
