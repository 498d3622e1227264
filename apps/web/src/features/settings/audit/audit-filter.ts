import type { AuditFilter, AuditKind } from '../../../api/types/audit.ts'

export const kinds: readonly AuditKind[] = [
  'member',
  'account',
  'app',
  'annotation',
  'key',
  'provider',
  'model',
  'budget',
  'extension',
  'tag',
  'workspace',
]
export const periods = ['day', 'week', 'month', 'quarter'] as const
export type Period = (typeof periods)[number]

/** What is chosen; `all` stands for no filter. */
export interface FilterChoice {
  readonly kind: AuditKind | 'all'
  readonly accountId: string
  readonly period: Period | 'all'
}

export const unfiltered: FilterChoice = { kind: 'all', accountId: 'all', period: 'all' }

const DAY_SECONDS = 86_400
const days: Readonly<Record<Period, number>> = { day: 1, week: 7, month: 30, quarter: 90 }

export const toFilter = ({ kind, accountId, period }: FilterChoice, nowMs: number): AuditFilter => ({
  kind: kind === 'all' ? undefined : kind,
  accountId: accountId === 'all' ? undefined : accountId,
  since: period === 'all' ? undefined : Math.floor(nowMs / 1000) - days[period] * DAY_SECONDS,
})
