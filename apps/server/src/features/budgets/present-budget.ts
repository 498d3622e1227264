import { type Budget, nanoToDecimal } from '@trellis/contracts'
import { fromFlag } from '@trellis/db'
import { toSeconds, toSecondsOrNull } from '../../http/compat/seconds.ts'
import type { BudgetWindow } from './budget-window.ts'
import type { BudgetRow } from './budgets.repository.ts'

export interface BudgetFigures {
  readonly window: BudgetWindow
  readonly usedNano: number
  readonly reservedNano: number
  readonly refusedCalls: number
}

/** What apps and keys are called; undefined of what is gone. */
export interface TargetNames {
  readonly app: (id: string) => string | undefined
  readonly key: (id: string) => string | undefined
}

export const presentBudget = (budget: BudgetRow, figures: BudgetFigures, names: TargetNames): Budget => ({
  id: budget.id,
  target: presentTarget(budget, names),
  amount: nanoToDecimal(budget.amount_nano),
  currency: 'USD',
  period: budget.period,
  timezone: budget.timezone,
  warn_percent: budget.warn_percent,
  stops: fromFlag(budget.stops),
  refuses_unpriced: fromFlag(budget.refuses_unpriced),
  used: nanoToDecimal(figures.usedNano),
  reserved: nanoToDecimal(figures.reservedNano),
  refused_calls: figures.refusedCalls,
  starts_at: toSeconds(figures.window.startsAt),
  renews_at: toSecondsOrNull(figures.window.endsAt),
  state: stateOf(budget, figures),
  created_at: toSeconds(budget.created_at),
})

function presentTarget({ scope, app_id: appId, api_key_id: keyId }: BudgetRow, names: TargetNames): Budget['target'] {
  if (scope === 'workspace') return { type: 'workspace' }
  const app = { app_id: appId ?? '', name: names.app(appId ?? '') ?? null }
  return scope === 'app' ? { type: 'app', ...app } : { type: 'key', ...app, key_id: keyId ?? '', token: names.key(keyId ?? '') ?? null }
}

/** Calls were refused because what is left is too little for them: it is as good as spent. */
function stateOf({ amount_nano, warn_percent, stops }: BudgetRow, { usedNano, refusedCalls }: BudgetFigures): Budget['state'] {
  const isWarned = warn_percent !== null && usedNano * 100 >= amount_nano * warn_percent
  if (usedNano >= amount_nano || (stops === 1 && isWarned && refusedCalls > 0)) return 'spent'
  return isWarned ? 'warned' : 'within'
}
