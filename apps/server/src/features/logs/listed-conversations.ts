import type { ConversationSort } from '@trellis/contracts'
import type { ConversationsTable, Database, Db } from '@trellis/db'
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { toOrder } from '../conversations/index.ts'
import { MEMBER_PREFIX } from '../end-users/index.ts'
import type { Period } from './log-period.ts'

export interface LogFilter extends Period {
  readonly appId: string
  /** Part of a question, an answer, a name or the caller's own name for the end user, in any case. */
  readonly keyword: string | undefined
  /** Part of what the talker is called. */
  readonly user: string | undefined
  readonly feedback: 'all' | 'liked' | 'disliked' | 'commented'
  /** `succeeded`: each of its turns; the others: one of them. */
  readonly status: 'all' | 'succeeded' | 'failed' | 'stopped' | 'paused'
  /** Whether one of its turns has an annotation. */
  readonly annotated: boolean | undefined
  /** The period is of the time that is sorted by. */
  readonly sortBy: ConversationSort
}

/** The log reads across slices: who talked comes by a join, for a query a row would not do. */
export interface LoggedConversation extends ConversationsTable {
  readonly session_id: string | null
  readonly account_name: string | null
}

/** Visitors of pages for members are called by the names of their accounts, in what came from the page: programs name users as they like. */
const memberName = sql<
  string | null
>`case when conversations.invoke_from = 'web-app' and end_users.is_anonymous = 1 and end_users.session_id like ${`${MEMBER_PREFIX}%`}
  then (select members.name from accounts as members where members.id = substr(end_users.session_id, ${sql.lit(MEMBER_PREFIX.length + 1)}))
  end`

export const talkerNames = ['end_users.session_id', sql<string | null>`coalesce(accounts.name, ${memberName})`.as('account_name')] as const

export const joinTalkers = (db: Db) =>
  db
    .selectFrom('conversations')
    .leftJoin('end_users', 'end_users.id', 'conversations.from_end_user_id')
    .leftJoin('accounts', 'accounts.id', 'conversations.from_account_id')

/** Trials are nobody's traffic: they are not listed. */
export function selectListed(db: Db, tenantId: string, filter: LogFilter) {
  const { appId, keyword, user, feedback, status, annotated, sortBy, from, until } = filter
  const column = `conversations.${toOrder(sortBy).column}` as const
  let query = joinTalkers(db)
    .where('conversations.tenant_id', '=', tenantId)
    .where('conversations.app_id', '=', appId)
    .where('conversations.invoke_from', '!=', 'debugger')
  if (from !== undefined) query = query.where(column, '>=', from)
  if (until !== undefined) query = query.where(column, '<', until)
  if (user) {
    query = query.where((where) =>
      where.or([
        holds('end_users.session_id', user),
        holds('accounts.name', user),
        where.and([
          where('conversations.invoke_from', '=', 'web-app'),
          where('end_users.is_anonymous', '=', 1),
          where('end_users.session_id', 'in', sessionsOfMembers(where, user)),
        ]),
      ]),
    )
  }
  if (feedback !== 'all') query = query.where((where) => where('conversations.id', 'in', ratedConversations(where, { appId, feedback })))
  if (annotated !== undefined) query = query.where((where) => isAnnotated(where, { appId, annotated }))
  if (status !== 'all') query = query.where((where) => cameTo(where, { appId, status }))
  if (!keyword) return query
  return query.where((where) =>
    where.or([
      holds('conversations.name', keyword),
      holds('end_users.session_id', keyword),
      where.exists(turnsOf(where).where((message) => message.or([holds('messages.query', keyword), holds('messages.answer', keyword)]))),
    ]),
  )
}

/** Both sides by the database's own rules: an exact spelling is found whatever it knows of other alphabets. */
function holds(name: string, text: string) {
  const pattern = `%${text.replace(/[!%_]/g, '!$&')}%`
  return sql<SqlBool>`lower(${sql.ref(name)}) like lower(${pattern}) escape '!'`
}

const sessionsOfMembers = (where: Where, name: string) =>
  where
    .selectFrom('accounts')
    .select(sql<string>`${sql.lit(MEMBER_PREFIX)} || accounts.id`.as('session_id'))
    .where(holds('accounts.name', name))

type Where = ExpressionBuilder<Database, 'conversations'>

const turnsOf = (where: Where) =>
  where.selectFrom('messages').select('messages.id').whereRef('messages.conversation_id', '=', 'conversations.id')

function isAnnotated(where: Where, { appId, annotated }: { readonly appId: string; readonly annotated: boolean }) {
  const conversations = where
    .selectFrom('annotations')
    .select('annotations.conversation_id')
    .where('annotations.app_id', '=', appId)
    // A list that holds NULL is said to hold no other.
    .where('annotations.conversation_id', 'is not', null)
  return where('conversations.id', annotated ? 'in' : 'not in', conversations)
}

function ratedConversations(
  where: Where,
  { appId, feedback }: { readonly appId: string; readonly feedback: Exclude<LogFilter['feedback'], 'all'> },
) {
  const ratings = where
    .selectFrom('message_feedbacks')
    .select('message_feedbacks.conversation_id')
    .where('message_feedbacks.app_id', '=', appId)
  if (feedback === 'commented') return ratings.where('message_feedbacks.content', '!=', '')
  return ratings.where('message_feedbacks.rating', '=', feedback === 'liked' ? 'like' : 'dislike')
}

/** As the partial index `messages_trouble` has it, word for word: that is how SQLite knows that it can be used. */
const isTrouble = sql<SqlBool>`(messages.status <> 'normal' or messages.is_stopped = 1)`

/** Turns that did not simply succeed are few among many: they are found first, and their conversations by them. */
function cameTo(where: Where, { appId, status }: { readonly appId: string; readonly status: Exclude<LogFilter['status'], 'all'> }) {
  const troubled = where.selectFrom('messages').select('messages.conversation_id').where('messages.app_id', '=', appId).where(isTrouble)
  switch (status) {
    case 'failed':
      return where('conversations.id', 'in', troubled.where('messages.status', '=', 'error'))
    case 'paused':
      return where('conversations.id', 'in', troubled.where('messages.status', '=', 'paused'))
    case 'stopped':
      return where('conversations.id', 'in', troubled.where('messages.is_stopped', '=', 1))
    case 'succeeded':
      return where('conversations.id', 'not in', troubled)
  }
}
