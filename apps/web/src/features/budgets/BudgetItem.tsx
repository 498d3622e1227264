import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Budget } from '../../api/types/usage.ts'
import { Chip } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { BudgetBar } from './BudgetBar.tsx'
import { useBudgetName } from './useBudgetName.ts'

const tones = { within: 'ok', warned: 'warn', spent: 'bad' } as const

export interface BudgetItemProps {
  readonly budget: Budget
  /** What can be done about it. */
  readonly actions?: ReactNode
}

/** How full a budget is, and what it does then. */
export function BudgetItem({ budget, actions }: BudgetItemProps) {
  const { t } = useTranslation('usage')
  const format = useFormat(budget.timezone)
  const name = useBudgetName()(budget.target)
  const price = (amount: string) => format.price(amount, budget.currency)
  const used = t('budgets.used', { used: price(budget.used), amount: price(budget.amount) })
  // A narrow line breaks beside the time, not in it.
  const renewsAt = budget.renews_at === null ? null : format.dateTime(budget.renews_at).replaceAll(' ', '\u00a0')
  const notes = [
    Number(budget.reserved) > 0 && t('budgets.reserved', { reserved: price(budget.reserved) }),
    renewsAt === null ? t('budgets.never') : t('budgets.renews', { time: renewsAt, timezone: budget.timezone }),
    budget.warn_percent !== null && t('budgets.warns', { percent: budget.warn_percent }),
    !budget.stops && t('budgets.onlyWarns'),
    budget.stops && t(budget.refuses_unpriced ? 'budgets.refusesUnpriced' : 'budgets.passesUnpriced'),
  ].filter((note) => note !== false)
  return (
    <article aria-label={name} className="px-4 py-3.5">
      <div className="flex items-start gap-2">
        <div className="flex min-h-6.5 min-w-0 flex-1 flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="min-w-0 font-medium wrap-anywhere">{name}</h3>
          <Chip tone={tones[budget.state]}>{t(`budgets.states.${budget.state}`)}</Chip>
          {budget.refused_calls > 0 && <Chip>{t('budgets.refused', { count: budget.refused_calls })}</Chip>}
        </div>
        {actions}
      </div>
      <BudgetBar budget={budget} label={used} />
      <p className="text-s text-ink-3">
        <span className="text-ink-2">{used}</span> · {notes.join(' · ')}
      </p>
    </article>
  )
}
