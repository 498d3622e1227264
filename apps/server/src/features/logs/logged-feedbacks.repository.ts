import type { Db } from '@trellis/db'
import type { Period } from './log-period.ts'

export interface FeedbackFilter extends Period {
  readonly appId: string
  readonly source: 'user' | 'admin' | undefined
  readonly rating: 'like' | 'dislike' | undefined
  /** Whether a reason was given. */
  readonly hasReason: boolean | undefined
}

/** Ratings by id, which is their order of time, each with what it is of and who gave it. Ratings of trials are nobody's opinion. */
export const listFeedbacksAfter = (
  db: Db,
  tenantId: string,
  { appId, source, rating, hasReason, from, until, afterId, limit }: FeedbackFilter & { readonly afterId: string; readonly limit: number },
) => {
  let query = db
    .selectFrom('message_feedbacks as feedback')
    .innerJoin('messages', 'messages.id', 'feedback.message_id')
    .innerJoin('conversations', 'conversations.id', 'feedback.conversation_id')
    .leftJoin('accounts', 'accounts.id', 'feedback.from_account_id')
    .leftJoin('end_users', 'end_users.id', 'feedback.from_end_user_id')
    .select([
      'feedback.id',
      'feedback.conversation_id',
      'feedback.message_id',
      'feedback.rating',
      'feedback.content',
      'feedback.from_source',
    ])
    .select(['feedback.created_at', 'messages.query', 'messages.answer', 'messages.created_at as asked_at', 'conversations.name'])
    .select(['accounts.name as account_name', 'end_users.session_id'])
    .where('feedback.tenant_id', '=', tenantId)
    .where('feedback.app_id', '=', appId)
    .where('messages.invoke_from', '!=', 'debugger')
    .where('feedback.id', '>', afterId)
  if (source) query = query.where('feedback.from_source', '=', source)
  if (rating) query = query.where('feedback.rating', '=', rating)
  if (hasReason === true) query = query.where('feedback.content', '!=', '')
  if (hasReason === false)
    query = query.where((where) => where.or([where('feedback.content', 'is', null), where('feedback.content', '=', '')]))
  if (from !== undefined) query = query.where('feedback.created_at', '>=', from)
  if (until !== undefined) query = query.where('feedback.created_at', '<', until)
  return query.orderBy('feedback.id').limit(limit).execute()
}

export type ExportedFeedback = Awaited<ReturnType<typeof listFeedbacksAfter>>[number]
