import { AppError, type QueryOf, consoleLogRoutes as routes, type wire } from '@trellis/contracts'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { sendCsv } from '../../http/send-csv.ts'
import { chatModes } from '../app-runs/index.ts'
import type { Apps } from '../apps/index.ts'
import type { Feedbacks } from '../conversations/index.ts'
import { writeLogCsv } from './log-export.ts'
import { parsePeriod } from './log-period.ts'
import type { LogPage, LogPlace, LogService } from './logs.service.ts'
import { presentChatDetail, presentChatItem, presentCompletionDetail, presentCompletionItem } from './present-logs.ts'

export interface LogRouteDependencies {
  readonly logs: LogService
  readonly feedbacks: Feedbacks
  readonly apps: Pick<Apps, 'getApp'>
  /** Such as `Europe/Berlin`. */
  readonly timezoneOf: (accountId: string) => Promise<string>
}

type PlaceOf = (actor: AccountActor, appId: string, modes?: readonly wire.AppMode[]) => Promise<LogPlace>

/** `/console/api`: what went through an app. */
export function mountLogRoutes(mount: Mount, dependencies: LogRouteDependencies): void {
  const placeOf: PlaceOf = async ({ tenantId, accountId }, appId, modes) => {
    const app = await dependencies.apps.getApp(tenantId, appId)
    if (modes && !modes.includes(app.mode)) throw new AppError('app_not_found')
    return { app, accountId }
  }
  mountChatLogs(mount, dependencies, placeOf)
  mountCompletionLogs(mount, dependencies, placeOf)
  mountMessageLogs(mount, dependencies, placeOf)
  mountExports(mount, dependencies, placeOf)
}

type LogQuery = QueryOf<typeof routes.exportLog>

async function readFilter(
  { timezoneOf }: LogRouteDependencies,
  { accountId }: LogPlace,
  query: LogQuery,
): Promise<Omit<LogPage, 'page' | 'limit'>> {
  const period = parsePeriod(query, query.start || query.end ? await timezoneOf(accountId) : 'UTC')
  const trim = (text: string | undefined) => text?.replaceAll('\u0000', '').trim() || undefined
  const { feedback, status, sort_by: sortBy } = query
  const annotated = query.annotation_status === 'all' ? undefined : query.annotation_status === 'annotated'
  return { ...period, keyword: trim(query.keyword), user: trim(query.user), feedback, status, annotated, sortBy }
}

async function listPage<T>(
  dependencies: LogRouteDependencies,
  place: LogPlace,
  {
    query,
    present,
  }: {
    readonly query: LogQuery & { readonly page: number; readonly limit: number }
    readonly present: (item: Awaited<ReturnType<LogService['open']>>) => T
  },
) {
  const { page, limit } = query
  const filter = await readFilter(dependencies, place, query)
  const { total, items } = await dependencies.logs.list(place.app, { ...filter, page, limit })
  return { page, limit, total, has_more: page * limit < total, data: items.map(present) }
}

function mountExports(mount: Mount, dependencies: LogRouteDependencies, placeOf: PlaceOf): void {
  const { logs, timezoneOf } = dependencies
  const answering = [...chatModes, 'completion'] as const
  mount(routes.exportLog).to(async ({ actor, params, query, reply }) => {
    const place = await placeOf(actor, params.app_id, answering)
    const filter = await readFilter(dependencies, place, query)
    return sendCsv(reply, 'log.csv', writeLogCsv(logs.walk(place.app, filter)))
  })
  mount(routes.exportFeedbacks).to(async ({ actor, params, query, reply }) => {
    const { app, accountId } = await placeOf(actor, params.app_id, answering)
    const days = { start: query.start_date && `${query.start_date} 00:00`, end: query.end_date && `${query.end_date} 23:59` }
    const period = parsePeriod(days, await timezoneOf(accountId))
    const filter = { ...period, source: query.from_source, rating: query.rating, hasReason: query.has_comment }
    return sendCsv(reply, 'feedbacks.csv', logs.writeFeedbacks(app, filter))
  })
}

function mountChatLogs(mount: Mount, dependencies: LogRouteDependencies, placeOf: PlaceOf): void {
  const { logs } = dependencies
  mount(routes.listChatConversations).to(async ({ actor, params, query }) =>
    listPage(dependencies, await placeOf(actor, params.app_id, chatModes), { query, present: presentChatItem }),
  )
  mount(routes.getChatConversation).to(async ({ actor, params }) =>
    presentChatDetail(await logs.open(await placeOf(actor, params.app_id, chatModes), params.conversation_id)),
  )
  mount(routes.deleteChatConversation).to(async ({ actor, params }) => {
    await logs.deleteTrial(await placeOf(actor, params.app_id, chatModes), params.conversation_id)
    return null
  })
  mount(routes.listLogMessages).to(async ({ actor, params, query }) => {
    const { conversation_id: conversationId, first_id: firstId, limit } = query
    const place = await placeOf(actor, params.app_id, chatModes)
    const { rows, hasMore } = await logs.listMessages(place, { conversationId, firstId, limit })
    return { limit, has_more: hasMore, data: [...rows] }
  })
}

function mountCompletionLogs(mount: Mount, dependencies: LogRouteDependencies, placeOf: PlaceOf): void {
  const { logs } = dependencies
  mount(routes.listCompletionConversations).to(async ({ actor, params, query }) =>
    listPage(dependencies, await placeOf(actor, params.app_id, ['completion']), {
      query,
      present: presentCompletionItem,
    }),
  )
  mount(routes.getCompletionConversation).to(async ({ actor, params }) => {
    const place = await placeOf(actor, params.app_id, ['completion'])
    const summary = await logs.open(place, params.conversation_id)
    const [message] = await logs.present(place.app, summary.first ? [summary.first] : [])
    return presentCompletionDetail(summary, message)
  })
  mount(routes.deleteCompletionConversation).to(async ({ actor, params }) => {
    await logs.deleteTrial(await placeOf(actor, params.app_id, ['completion']), params.conversation_id)
    return null
  })
}

function mountMessageLogs(mount: Mount, { logs, feedbacks }: LogRouteDependencies, placeOf: PlaceOf): void {
  mount(routes.getLogMessage).to(async ({ actor, params }) => {
    const place = await placeOf(actor, params.app_id)
    const row = await logs.getMessage(place, params.message_id)
    const [message] = await logs.present(place.app, [row])
    if (!message) throw new AppError('not_found', { message: 'Message Not Exists.' })
    return message
  })
  mount(routes.rateLogMessage).to(async ({ actor, params, body }) => {
    const message = await logs.getMessage(await placeOf(actor, params.app_id), body.message_id)
    await feedbacks.rate(message, { type: 'admin', accountId: actor.accountId }, body)
    return { result: 'success' }
  })
}
