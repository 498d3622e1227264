import { AppError, consoleStatisticRoutes as routes } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { Apps } from '../apps/index.ts'
import { type Period, parsePeriod } from '../logs/index.ts'
import { type DailyFigures, measureDays } from './daily.ts'
import { monitor } from './monitoring.ts'
import type { ListSpending } from './span-costs.ts'
import { round } from './statistics.service.ts'

export interface StatisticRouteDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly apps: Pick<Apps, 'getApp'>
  readonly listSpending: ListSpending
  /** Such as `Europe/Berlin`. */
  readonly timezoneOf: (accountId: string) => Promise<string>
}

interface StatisticContext {
  readonly actor: AccountActor
  readonly params: { readonly app_id: string }
  readonly query: { readonly start: string | undefined; readonly end: string | undefined }
}

type Kind = 'answers' | 'runs'

interface Asked {
  readonly app: AppsTable
  readonly period: Period
  readonly timeZone: string
}

/** `/console/api`: what an app does, in figures. */
export function mountStatisticRoutes(mount: Mount, dependencies: StatisticRouteDependencies): void {
  const read = async ({ actor, params, query }: StatisticContext, kind?: Kind): Promise<Asked> => {
    const app = await dependencies.apps.getApp(actor.tenantId, params.app_id)
    if (kind !== undefined && (app.mode === 'workflow') !== (kind === 'runs')) throw new AppError('app_not_found')
    const timeZone = await dependencies.timezoneOf(actor.accountId)
    return { app, timeZone, period: parsePeriod(query, timeZone) }
  }
  const daily =
    <T>(kind: Kind, present: (day: DailyFigures) => readonly T[]) =>
    async (context: StatisticContext) => {
      const { app, ...asked } = await read(context, kind)
      return { data: (await measureDays(dependencies, app, asked)).flatMap(present) }
    }
  mountAnswers(mount, daily)
  mountRuns(mount, daily)
  mount(routes.getMonitoring).to(async (context) => {
    const { app, ...asked } = await read(context)
    return monitor(dependencies, app, asked)
  })
}

type Daily = <T>(kind: Kind, present: (day: DailyFigures) => readonly T[]) => (context: StatisticContext) => Promise<{ data: T[] }>

function mountAnswers(mount: Mount, daily: Daily): void {
  mount(routes.countDailyMessages).to(daily('answers', ({ date, messages }) => [{ date, message_count: messages }]))
  mount(routes.countDailyConversations).to(
    daily('answers', ({ date, conversations }) => [{ date, conversation_count: conversations ?? 0 }]),
  )
  mount(routes.countDailyEndUsers).to(daily('answers', ({ date, users }) => [{ date, terminal_count: users }]))
  mount(routes.sumTokenCosts).to(daily('answers', presentCosts))
  mount(routes.averageSessionInteractions).to(
    daily('answers', ({ date, messages, conversations }) => [{ date, interactions: ratio(messages, conversations ?? 0) }]),
  )
  // Dify's chart is of likes among a thousand messages.
  mount(routes.rateUserSatisfaction).to(daily('answers', ({ date, liked, messages }) => [{ date, rate: ratio(1000 * liked, messages) }]))
  mount(routes.averageResponseTime).to(
    daily('answers', ({ date, averageLatencyMs }) => [{ date, latency: round(averageLatencyMs ?? 0, 4) }]),
  )
  mount(routes.averageTokensPerSecond).to(daily('answers', ({ date, tokens_per_second: rate }) => [{ date, tps: rate ?? 0 }]))
}

/** A line a currency; a day on which nothing cost anything has one all the same. The first line carries the day's tokens. */
function presentCosts({ date, tokens, costs }: DailyFigures) {
  const [first, ...others] = costs.length > 0 ? costs : [{ currency: 'USD', amount: '0' }]
  const line = (cost: { readonly currency: string; readonly amount: string } | undefined, count: number) => ({
    date,
    token_count: count,
    total_price: cost?.amount ?? '0',
    currency: cost?.currency ?? 'USD',
  })
  return [line(first, tokens), ...others.map((cost) => line(cost, 0))]
}

function mountRuns(mount: Mount, daily: Daily): void {
  mount(routes.countDailyRuns).to(daily('runs', ({ date, messages }) => [{ date, runs: messages }]))
  mount(routes.countDailyRunUsers).to(daily('runs', ({ date, users }) => [{ date, terminal_count: users }]))
  mount(routes.sumRunTokens).to(daily('runs', ({ date, tokens }) => [{ date, token_count: tokens }]))
  mount(routes.averageAppInteractions).to(daily('runs', ({ date, messages, users }) => [{ date, interactions: ratio(messages, users) }]))
}

const ratio = (count: number, among: number): number => (among === 0 ? 0 : round(count / among, 2))
