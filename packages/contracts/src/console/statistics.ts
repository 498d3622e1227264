import { z } from 'zod'
import { monitoringSchema } from '../entities/monitoring.ts'
import { defineRoute } from '../routes/define-route.ts'
import { editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'
import { localMinute } from './local-minute.ts'

const statistics = {
  surface: 'console',
  method: 'GET',
  tag: 'Statistics',
  auth: editing,
  params: appParams,
  query: z.object({ start: localMinute, end: localMinute }),
  errors: ['app_not_found'],
} as const

/** Dify's charts: a line a day of the account's time zone, days on which nothing happened left out (service-api 7.3). */
const daily = <const Path extends string, const Shape extends z.ZodRawShape>(path: Path, summary: string, fields: Shape) =>
  defineRoute({
    ...statistics,
    path: `/apps/:app_id/${path}`,
    summary,
    responses: { 200: z.object({ data: z.array(z.object({ date: z.string(), ...fields })) }) },
  })

const count = z.number().int()
const tokenCosts = { token_count: count, total_price: z.string(), currency: z.string() }

export const consoleStatisticRoutes = {
  countDailyMessages: daily('statistics/daily-messages', 'Messages by day', { message_count: count }),
  countDailyConversations: daily('statistics/daily-conversations', 'Conversations by day', { conversation_count: count }),
  countDailyEndUsers: daily('statistics/daily-end-users', 'Users by day', { terminal_count: count }),
  sumTokenCosts: daily('statistics/token-costs', 'Tokens and their price by day and currency', tokenCosts),
  averageSessionInteractions: daily('statistics/average-session-interactions', 'Messages a conversation by day', {
    interactions: z.number(),
  }),
  rateUserSatisfaction: daily('statistics/user-satisfaction-rate', 'Likes a thousand messages by day', { rate: z.number() }),
  averageResponseTime: daily('statistics/average-response-time', 'Milliseconds of an answer by day', { latency: z.number() }),
  averageTokensPerSecond: daily('statistics/tokens-per-second', 'Tokens that came out a second by day', { tps: z.number() }),
  countDailyRuns: daily('workflow/statistics/daily-conversations', 'Runs by day', { runs: count }),
  countDailyRunUsers: daily('workflow/statistics/daily-terminals', 'Users of a workflow by day', { terminal_count: count }),
  sumRunTokens: daily('workflow/statistics/token-costs', 'Tokens of a workflow by day', { token_count: count }),
  averageAppInteractions: daily('workflow/statistics/average-app-interactions', 'Runs a user by day', { interactions: z.number() }),
  getMonitoring: defineRoute({
    ...statistics,
    path: '/apps/:app_id/monitoring',
    summary: 'Get the figures of an app in a window, beside the one before',
    responses: { 200: monitoringSchema },
  }),
}
