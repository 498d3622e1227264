import type { Budget, BudgetChange, BudgetCreate, UsageQuery } from '../../../../api/types/usage.ts'

export const budgetTargets = ['workspace', 'app', 'key'] as const
export const budgetPeriods = ['month', 'day', 'total'] as const satisfies readonly Budget['period'][]

/** The dialog's fields as they are filled in. */
export interface BudgetForm {
  readonly target: (typeof budgetTargets)[number]
  readonly appId: string | null
  readonly keyId: string | null
  readonly amount: string
  readonly period: Budget['period']
  readonly timezone: string
  readonly warnPercent: string
  readonly stops: boolean
  readonly refusesUnpriced: boolean
}

export const newBudget = (timezone: string): BudgetForm => ({
  target: 'workspace',
  appId: null,
  keyId: null,
  amount: '',
  period: 'month',
  timezone,
  warnPercent: '80',
  stops: true,
  refusesUnpriced: true,
})

export const formOf = (budget: Budget): BudgetForm => ({
  target: budget.target.type,
  appId: budget.target.type === 'workspace' ? null : budget.target.app_id,
  keyId: budget.target.type === 'key' ? budget.target.key_id : null,
  amount: String(Number(budget.amount)),
  period: budget.period,
  timezone: budget.timezone,
  warnPercent: budget.warn_percent === null ? '' : String(budget.warn_percent),
  stops: budget.stops,
  refusesUnpriced: budget.refuses_unpriced,
})

const MOST_DOLLARS = 1_000_000
const LEAST_DOLLARS = 1e-9

const RECENT_DAYS = 30
const DAY_MS = 86_400_000

/** What the budget would have been of in the last days; undefined while it is not said what it is of. */
export function recentUsageOf({ target, appId, keyId }: BudgetForm, nowMs: number): UsageQuery | undefined {
  if ((target !== 'workspace' && appId === null) || (target === 'key' && keyId === null)) return undefined
  const dateAt = (time: number): string => new Date(time).toISOString().slice(0, 10)
  return {
    start: dateAt(nowMs - (RECENT_DAYS - 1) * DAY_MS),
    end: dateAt(nowMs),
    ...(target !== 'workspace' && appId !== null ? { app: appId } : {}),
    ...(target === 'key' && keyId !== null ? { key: keyId } : {}),
  }
}

export interface BudgetFaults {
  readonly app?: true
  readonly key?: true
  readonly amount?: true
  readonly warn?: true
}

/** What the server would refuse. A comma is no decimal point: in half the world it parts thousands. */
export function findFaults({ target, appId, keyId, amount, warnPercent }: BudgetForm): BudgetFaults {
  const dollars = /^\d+(?:\.\d+)?$/u.test(amount.trim()) ? Number(amount) : 0
  const percent = Number(warnPercent)
  const isWarningFine = warnPercent.trim() === '' || (Number.isInteger(percent) && percent >= 1 && percent <= 100)
  return {
    ...(target !== 'workspace' && appId === null && { app: true as const }),
    ...(target === 'key' && appId !== null && keyId === null && { key: true as const }),
    ...((dollars < LEAST_DOLLARS || dollars > MOST_DOLLARS) && { amount: true as const }),
    ...(!isWarningFine && { warn: true as const }),
  }
}

/** Of a form without faults. */
const toChange = (form: BudgetForm) =>
  ({
    amount: Number(form.amount),
    period: form.period,
    timezone: form.timezone,
    warn_percent: form.warnPercent.trim() === '' ? null : Number(form.warnPercent),
    stops: form.stops,
    refuses_unpriced: form.refusesUnpriced,
  }) satisfies BudgetChange

/** What is other than it was: only that is told to have been changed. */
export function changesOf(budget: Budget, form: BudgetForm): BudgetChange {
  const before: BudgetChange = toChange(formOf(budget))
  const changed = Object.entries(toChange(form)).filter(([name, value]) => value !== Reflect.get(before, name))
  // Some entries of a change are one, too.
  return Object.fromEntries(changed) as BudgetChange
}

export const toCreate = (form: BudgetForm): BudgetCreate => ({ target: targetOf(form), ...toChange(form) })

function targetOf({ target, appId, keyId }: BudgetForm): BudgetCreate['target'] {
  if (target === 'app' && appId !== null) return { type: 'app', app_id: appId }
  if (target === 'key' && keyId !== null) return { type: 'key', key_id: keyId }
  return { type: 'workspace' }
}
