import type { Db, MessageFeedbacksTable, MessagesTable } from '@trellis/db'
import { sql } from 'kysely'
import { toOrder } from '../conversations/index.ts'
import { joinTalkers, type LogFilter, type LoggedConversation, selectListed, talkerNames } from './listed-conversations.ts'

export type LoggedPage = LogFilter & { readonly offset: number; readonly limit: number }

export const listLogged = (db: Db, tenantId: string, page: LoggedPage): Promise<LoggedConversation[]> =>
  selectPage(db, tenantId, page).execute()

/** A page and how many there are, by one reading of what was said: it costs more than all else, and two would cost it twice. */
export async function searchLogged(
  db: Db,
  tenantId: string,
  page: LoggedPage,
): Promise<{ readonly total: number; readonly conversations: LoggedConversation[] }> {
  const rows = await selectPage(db, tenantId, page)
    .select((expression) => expression.fn.countAll<number | string>().over().as('total'))
    .execute()
  const [first] = rows
  // Behind the last page nothing tells how many come before.
  const total = first ? Number(first.total) : page.offset === 0 ? 0 : await countLogged(db, tenantId, page)
  return { total, conversations: rows.map(({ total: _, ...conversation }) => conversation) }
}

function selectPage(db: Db, tenantId: string, { offset, limit, ...filter }: LoggedPage) {
  const { column, direction } = toOrder(filter.sortBy)
  return selectListed(db, tenantId, filter)
    .selectAll('conversations')
    .select(talkerNames)
    .orderBy(`conversations.${column}`, direction)
    .orderBy('conversations.id', direction)
    .offset(offset)
    .limit(limit)
}

export async function countLogged(db: Db, tenantId: string, filter: LogFilter): Promise<number> {
  const row = await selectListed(db, tenantId, filter)
    .select((expression) => expression.fn.countAll().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}

export interface LogKey {
  readonly appId: string
  readonly id: string
  /** Who looks: trials are seen by those who made them only. */
  readonly accountId: string
}

export const findLogged = (db: Db, tenantId: string, { appId, id, accountId }: LogKey): Promise<LoggedConversation | undefined> =>
  joinTalkers(db)
    .selectAll('conversations')
    .select(talkerNames)
    .where('conversations.tenant_id', '=', tenantId)
    .where('conversations.app_id', '=', appId)
    .where('conversations.id', '=', id)
    .where((where) =>
      where.or([
        where('conversations.invoke_from', '!=', 'debugger'),
        where.and([where('conversations.from_account_id', '=', accountId), where('conversations.deleted_at', 'is', null)]),
      ]),
    )
    .executeTakeFirst()

export const findLoggedMessage = (db: Db, tenantId: string, { appId, id, accountId }: LogKey): Promise<MessagesTable | undefined> =>
  db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .selectAll('messages')
    .where('messages.tenant_id', '=', tenantId)
    .where('messages.app_id', '=', appId)
    .where('messages.id', '=', id)
    .where((where) =>
      where.or([
        where('conversations.invoke_from', '!=', 'debugger'),
        where.and([where('conversations.from_account_id', '=', accountId), where('conversations.deleted_at', 'is', null)]),
      ]),
    )
    .executeTakeFirst()

export const markRead = async (db: Db, tenantId: string, { id, now }: { readonly id: string; readonly now: number }): Promise<void> => {
  await db
    .updateTable('conversations')
    .set({ read_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where('read_at', 'is', null)
    .execute()
}

/** Tells whether there was such a trial. */
export async function deleteTrial(
  db: Db,
  tenantId: string,
  { appId, id, accountId, now }: LogKey & { readonly now: number },
): Promise<boolean> {
  const result = await db
    .updateTable('conversations')
    .set({ deleted_at: now })
    .where('tenant_id', '=', tenantId)
    .where('app_id', '=', appId)
    .where('id', '=', id)
    .where('invoke_from', '=', 'debugger')
    .where('from_account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** What the turns of a conversation that were billed in one currency add up to. Sums come as texts from some drivers. */
export const sumTurns = (db: Db, tenantId: string, conversationIds: readonly string[]) =>
  db
    .selectFrom('messages')
    .select(['conversation_id', 'currency'])
    .select((expression) => [
      expression.fn.countAll<number | string>().as('messages'),
      expression.fn.sum<number | string>(expression.ref('prompt_tokens')).as('prompt_tokens'),
      expression.fn.sum<number | string>(expression.ref('completion_tokens')).as('completion_tokens'),
      expression.fn.sum<number | string>(expression.ref('total_price_nano')).as('price_nano'),
      expression.fn.sum<number | string>(expression.ref('provider_latency_ms')).as('latency_ms'),
      sql<number | string>`sum(case when ${expression.ref('status')} = 'error' then 1 else 0 end)`.as('failed'),
      sql<number | string>`sum(case when ${expression.ref('status')} = 'paused' then 1 else 0 end)`.as('paused'),
      // Failed and paused ones may have been stopped besides: they count as what they are.
      sql<
        number | string
      >`sum(case when ${expression.ref('status')} = 'normal' and ${expression.ref('is_stopped')} = 1 then 1 else 0 end)`.as('stopped'),
      sql<number | string>`sum(case when ${expression.ref('provider_latency_ms')} > 0 then 1 else 0 end)`.as('timed'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('conversation_id', 'in', conversationIds)
    .groupBy(['conversation_id', 'currency'])
    .execute()

export const countRatings = (db: Db, tenantId: string, conversationIds: readonly string[]) =>
  db
    .selectFrom('message_feedbacks')
    .innerJoin('messages', 'messages.id', 'message_feedbacks.message_id')
    .select(['messages.conversation_id', 'message_feedbacks.from_source', 'message_feedbacks.rating'])
    .select((expression) => expression.fn.countAll<number | string>().as('count'))
    .where('messages.tenant_id', '=', tenantId)
    .where('messages.conversation_id', 'in', conversationIds)
    .groupBy(['messages.conversation_id', 'message_feedbacks.from_source', 'message_feedbacks.rating'])
    .execute()

/** The turn that opened each conversation. */
export const listFirstMessages = (db: Db, tenantId: string, conversationIds: readonly string[]): Promise<MessagesTable[]> =>
  db
    .selectFrom((from) =>
      from
        .selectFrom('messages')
        .select('messages.id as first_id')
        .select((expression) =>
          expression.fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('messages.conversation_id').orderBy('messages.created_at').orderBy('messages.id'))
            .as('place'),
        )
        .where('messages.tenant_id', '=', tenantId)
        .where('messages.conversation_id', 'in', conversationIds)
        .as('ranked'),
    )
    .innerJoin('messages', 'messages.id', 'ranked.first_id')
    .selectAll('messages')
    .where('ranked.place', '=', 1)
    .execute()

export type LoggedFeedback = MessageFeedbacksTable & { readonly account_name: string | null; readonly account_email: string | null }

/** Oldest first. */
export const listFeedbacks = (db: Db, tenantId: string, messageIds: readonly string[]): Promise<LoggedFeedback[]> =>
  db
    .selectFrom('message_feedbacks')
    .leftJoin('accounts', 'accounts.id', 'message_feedbacks.from_account_id')
    .selectAll('message_feedbacks')
    .select(['accounts.name as account_name', 'accounts.email as account_email'])
    .where('message_feedbacks.tenant_id', '=', tenantId)
    .where('message_feedbacks.message_id', 'in', messageIds)
    .orderBy('message_feedbacks.created_at')
    .orderBy('message_feedbacks.id')
    .execute()
