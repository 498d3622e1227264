import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { cx } from '../../design/index.ts'
import { budgetsQuery } from '../budgets/queries.ts'

/** Quiet while every budget has room, and where it cannot be known. */
export function BudgetBanner() {
  const { t } = useTranslation('shell')
  const { data: budgets = [] } = useQuery(budgetsQuery(useApi()))
  const isThere = useLocation({ select: ({ pathname }) => pathname === '/settings/usage' })
  const state = (['spent', 'warned'] as const).find((state) => budgets.some((budget) => budget.state === state))
  if (state === undefined) return null
  return (
    <div
      role="status"
      className={cx(
        'flex h-8 shrink-0 items-center justify-center gap-2 text-s font-medium',
        state === 'spent' ? 'bg-bad-soft text-bad' : 'bg-warn-soft text-warn',
      )}
    >
      <CircleAlert size={14} aria-hidden />
      {t(`budgetBanner.${state}`)}
      {!isThere && (
        <Link to="/settings/usage" className="underline underline-offset-2">
          {t('budgetBanner.open')}
        </Link>
      )}
    </div>
  )
}
