import { AppError, type Refusal as Told } from '@trellis/contracts'
import type { ModelCaller } from '../models/index.ts'
import type { Refusal } from './budget-desk.ts'
import type { BudgetWindow } from './budget-window.ts'
import type { BudgetRow } from './budgets.repository.ts'

/** What a caller is told. Visitors of published pages learn that there is a limit, not what it is. */
export function budgetSpent({ budget, window, usedNano, reservedNano, askedNano }: Refusal, caller: ModelCaller): AppError {
  const renewal = describeRenewal(budget, window)
  if (isVisitor(caller)) {
    const told = { reason: 'budget_spent_visitor', values: renewalOf(budget, window) } as const
    return refusal(`This app has used up its budget for now. ${renewal} Whoever runs it can raise the budget.`, told)
  }
  const limit = budget.amount_nano
  const used = `${formatUsd(usedNano)} of ${formatUsd(limit)} are used`
  const reserved = reservedNano > 0 ? `, ${formatUsd(reservedNano)} more are reserved for calls under way` : ''
  const asked = usedNano >= limit ? '.' : `, and this call may cost up to ${formatUsd(askedNano)}. A smaller limit of tokens makes it less.`
  const kind = usedNano >= limit ? 'budget_spent' : 'budget_short'
  return refusal(`The ${nameOf(budget)} does not cover this call: ${used}${reserved}${asked} ${renewal} ${WHO}`, {
    reason: reservedNano > 0 ? `${kind}_reserved` : kind,
    values: { ...valuesOf(budget), ...renewalOf(budget, window), usedNano, limitNano: limit, reservedNano, askedNano },
  })
}

/** Of a model whose price nobody knows. */
export const unpricedRefused = (
  budget: BudgetRow,
  { model, caller }: { readonly model: string; readonly caller: ModelCaller },
): AppError =>
  isVisitor(caller)
    ? refusal('The budget of this app does not allow for its model. Whoever runs it can allow it.', {
        reason: 'budget_unpriced_visitor',
        values: {},
      })
    : refusal(
        `The ${nameOf(budget)} refuses models without a known price, and ${model} has none. Enter its price (Settings → Model providers, for models that were added there), choose another model, or let the budget pass such models. ${WHO}`,
        { reason: 'budget_unpriced', values: { ...valuesOf(budget), model } },
      )

const WHO = 'Owners and administrators of the workspace can change budgets under “Usage and budgets”.'

const refusal = (message: string, told: Told): AppError => new AppError('provider_quota_exceeded', { message, refusal: told })

const isVisitor = ({ accountId, apiKeyId }: ModelCaller): boolean => accountId === null && apiKeyId === null

const PERIODS = { day: 'daily budget', month: 'monthly budget', total: 'budget' } as const
const SCOPES = { workspace: 'workspace', app: 'app', key: 'API key' } as const
const nameOf = ({ period, scope }: BudgetRow): string => `${PERIODS[period]} of this ${SCOPES[scope]}`

const valuesOf = ({ period, scope }: BudgetRow) => ({ period, scope })

/** `renews` chooses among the sentences about it. */
const renewalOf = ({ timezone }: BudgetRow, { endsAt }: BudgetWindow) =>
  endsAt === null ? { renews: 'never' } : { renews: 'at', endsAtMs: endsAt, timezone }

function describeRenewal({ timezone }: BudgetRow, { endsAt }: BudgetWindow): string {
  if (endsAt === null) return 'It does not renew itself.'
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, dateStyle: 'medium', timeStyle: 'short' }).format(endsAt)
  return `It renews on ${time} (${timezone}).`
}

/** `$12.30`; small amounts with as many places as tell them from nothing. */
function formatUsd(nano: number): string {
  const dollars = nano / 1e9
  const digits = dollars === 0 || dollars >= 1 ? 2 : Math.min(9, Math.max(2, 1 - Math.floor(Math.log10(dollars)) + 1))
  return `$${dollars.toFixed(digits)}`
}
