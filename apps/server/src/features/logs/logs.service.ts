import { AppError, type LogMessage } from '@trellis/contracts'
import type { AppsTable, Db, MessagesTable } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { findAnnotatedConversations, findLoggedAnnotations, findLoggedHits } from '../annotations/index.ts'
import { listConfigsByIds } from '../apps/index.ts'
import { type FindHumanInput, type MessageFiles, type MessagePage, type Page, pageMessages } from '../conversations/index.ts'
import { addUp } from './conversation-totals.ts'
import { writeFeedbackCsv } from './feedback-export.ts'
import type { LogFilter, LoggedConversation } from './listed-conversations.ts'
import type { FeedbackFilter } from './logged-feedbacks.repository.ts'
import {
  countLogged,
  countRatings,
  deleteTrial,
  findLogged,
  findLoggedMessage,
  type LoggedPage,
  listFeedbacks,
  listFirstMessages,
  listLogged,
  markRead,
  searchLogged,
  sumTurns,
} from './logs.repository.ts'
import { type LoggedSummary, presentLogMessage } from './present-logs.ts'
import { type WalkedTurn, walkLog } from './walk-log.ts'

/** A conversation or message of an app, and who looks at it. */
export interface LogPlace {
  readonly app: AppsTable
  readonly accountId: string
}

export interface LogPage extends Omit<LogFilter, 'appId'> {
  readonly page: number
  readonly limit: number
}

/** What went through an app, for those who run it. Trials of a configuration are seen by those who made them only. */
export interface LogService {
  list(app: AppsTable, page: LogPage): Promise<{ readonly total: number; readonly items: readonly LoggedSummary[] }>
  /** Every turn of what the filter finds, in batches. */
  walk(app: AppsTable, filter: Omit<LogFilter, 'appId'>): AsyncIterable<readonly WalkedTurn[]>
  /** Ratings with their reasons, as lines of CSV. */
  writeFeedbacks(app: AppsTable, filter: Omit<FeedbackFilter, 'appId'>): AsyncIterable<string>
  /** From now on it counts as read. @throws `not_found` */
  open(place: LogPlace, conversationId: string): Promise<LoggedSummary>
  /** Only trials of one's own can be deleted. @throws `not_found` */
  deleteTrial(place: LogPlace, conversationId: string): Promise<void>
  /** @throws `not_found` (conversation, first message) */
  listMessages(place: LogPlace, page: MessagePage): Promise<Page<LogMessage>>
  /** @throws `not_found` */
  getMessage(place: LogPlace, messageId: string): Promise<MessagesTable>
  present(app: AppsTable, messages: readonly MessagesTable[]): Promise<LogMessage[]>
}

export interface LogServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly messageFiles: MessageFiles
  /** What people were asked while messages were written, by message. */
  readonly findHumanInput: FindHumanInput
}

export function createLogService({ db, clock, messageFiles, findHumanInput }: LogServiceDependencies): LogService {
  const get = async ({ app, accountId }: LogPlace, id: string): Promise<LoggedConversation> => {
    const conversation = await findLogged(db, app.tenant_id, { appId: app.id, id, accountId })
    if (!conversation) throw new AppError('not_found', { message: 'Conversation Not Exists.' })
    return conversation
  }
  const present = async ({ tenant_id: tenantId, mode }: AppsTable, messages: readonly MessagesTable[]): Promise<LogMessage[]> => {
    if (messages.length === 0) return []
    const ids = messages.map(({ id }) => id)
    const [files, feedbacks, humanInput, annotations, hits] = await Promise.all([
      messageFiles.load(tenantId, ids),
      listFeedbacks(db, tenantId, ids),
      findHumanInput(db, tenantId, ids),
      findLoggedAnnotations(db, tenantId, ids),
      findLoggedHits(db, tenantId, ids),
    ])
    const byMessage = Map.groupBy(feedbacks, (feedback) => feedback.message_id)
    return messages.map((row) =>
      presentLogMessage(row, {
        mode,
        files: files.get(row.id) ?? [],
        feedbacks: byMessage.get(row.id) ?? [],
        humanInput: humanInput.get(row.id) ?? [],
        annotation: annotations.get(row.id),
        hit: hits.get(row.id),
      }),
    )
  }
  return {
    present,
    writeFeedbacks: (app, filter) => writeFeedbackCsv(db, app, filter),
    walk: (app, filter) => walkLog(db, app, filter),
    async list(app, { page, limit, ...given }) {
      const wanted = { ...given, appId: app.id, offset: (page - 1) * limit, limit }
      const { total, conversations } = await (given.keyword ? searchLogged : listCounted)(db, app.tenant_id, wanted)
      return { total, items: await summarize(db, app.tenant_id, conversations) }
    },
    async open(place, id) {
      const conversation = await get(place, id)
      if (conversation.read_at === null) await markRead(db, conversation.tenant_id, { id, now: clock.now() })
      const [summary] = await summarize(db, conversation.tenant_id, [conversation])
      if (!summary) throw new TypeError('A conversation went in, and none came out')
      return summary
    },
    async deleteTrial({ app, accountId }, id) {
      const isDeleted = await deleteTrial(db, app.tenant_id, { appId: app.id, id, accountId, now: clock.now() })
      if (!isDeleted) throw new AppError('not_found', { message: 'Conversation Not Exists.' })
    },
    async listMessages(place, page) {
      const conversation = await get(place, page.conversationId)
      const { rows, hasMore } = await pageMessages(db, conversation.tenant_id, page)
      return { rows: await present(place.app, rows), hasMore }
    },
    async getMessage({ app, accountId }, id) {
      const message = await findLoggedMessage(db, app.tenant_id, { appId: app.id, id, accountId })
      if (!message) throw new AppError('not_found', { message: 'Message Not Exists.' })
      return message
    },
  }
}

/** The page comes by the order's index, and the count by the app's: none of them reads the log. */
async function listCounted(db: Db, tenantId: string, page: LoggedPage) {
  const [total, conversations] = await Promise.all([countLogged(db, tenantId, page), listLogged(db, tenantId, page)])
  return { total, conversations }
}

/** The same few statements for a page as for one conversation. */
async function summarize(db: Db, tenantId: string, conversations: readonly LoggedConversation[]): Promise<LoggedSummary[]> {
  const ids = conversations.map(({ id }) => id)
  if (ids.length === 0) return []
  const [sums, ratings, firsts, annotated] = await Promise.all([
    sumTurns(db, tenantId, ids),
    countRatings(db, tenantId, ids),
    listFirstMessages(db, tenantId, ids),
    findAnnotatedConversations(db, tenantId, ids),
  ])
  const [configs, annotations] = await Promise.all([
    listConfigsByIds(db, tenantId, [...new Set(firsts.flatMap((first) => first.app_config_id ?? []))]),
    findLoggedAnnotations(
      db,
      tenantId,
      firsts.map(({ id }) => id),
    ),
  ])
  const sumsById = Map.groupBy(sums, (row) => row.conversation_id)
  const ratingsById = Map.groupBy(ratings, (row) => row.conversation_id)
  const firstById = new Map(firsts.map((first) => [first.conversation_id, first]))
  const configById = new Map(configs.map(({ id, config }) => [id, config]))
  return conversations.map((conversation) => {
    const first = firstById.get(conversation.id)
    return {
      conversation,
      first,
      totals: addUp(sumsById.get(conversation.id) ?? []),
      ratings: ratingsById.get(conversation.id) ?? [],
      config: configById.get(first?.app_config_id ?? ''),
      isAnnotated: annotated.has(conversation.id),
      annotation: annotations.get(first?.id ?? ''),
    }
  })
}
