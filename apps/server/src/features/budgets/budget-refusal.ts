import { AppError } from '@trellis/contracts'
import type { ModelCaller } from '../models/index.ts'
import type { Refusal } from './budget-desk.ts'
import type { BudgetWindow } from './budget-window.ts'
import type { BudgetRow } from './budgets.repository.ts'

/** What a caller is told. Visitors of published pages learn that there is a limit, not what it is. */
export function budgetSpent({ budget, window, usedNano, reservedNano, askedNano }: Refusal, caller: ModelCaller): AppError {
  const renewal = describeRenewal(budget, window)
  if (isVisitor(caller)) {
    return refusal(`This app has used up its budget for now. ${renewal} Whoever runs it can raise the budget.`)
  }
  const limit = budget.amount_nano
  const used = `${formatUsd(usedNano)} of ${formatUsd(limit)} are used`
  const reserved = reservedNano > 0 ? `, ${formatUsd(reservedNano)} more are reserved for calls under way` : ''
  const asked = usedNano >= limit ? '.' : `, and this call may cost up to ${formatUsd(askedNano)}. A smaller limit of tokens makes it less.`
  return refusal(`The ${nameOf(budget)} does not cover this call: ${used}${reserved}${asked} ${renewal} ${WHO}`)
}

/** Of a model whose price nobody knows. */
export const unpricedRefused = (budget: BudgetRow, { model, caller }: { readonly model: string; readonly caller: ModelCaller }): AppError =>
  refusal(
    isVisitor(caller)
      ? 'The budget of this app does not allow for its model. Whoever runs it can allow it.'
      : `The ${nameOf(budget)} refuses models without a known price, and ${model} has none. Choose another model, or let the budget pass such models. ${WHO}`,
  )

const WHO = 'Owners and administrators of the workspace change budgets on its page Usage.'

const refusal = (message: string): AppError => new AppError('provider_quota_exceeded', { message })

const isVisitor = ({ accountId, apiKeyId }: ModelCaller): boolean => accountId === null && apiKeyId === null

const PERIODS = { day: 'daily budget', month: 'monthly budget', total: 'budget' } as const
const SCOPES = { workspace: 'workspace', app: 'app', key: 'API key' } as const
const nameOf = ({ period, scope }: BudgetRow): string => `${PERIODS[period]} of this ${SCOPES[scope]}`

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
