import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { buttonClass, Card } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { BudgetItem } from '../budgets/BudgetItem.tsx'
import { budgetsQuery } from '../budgets/queries.ts'
import { useSession } from '../session/useSession.ts'

/** The budgets of this app and of its keys, where there are any. Those who may not make apps do not read them. */
export function AppBudgets() {
  const { t } = useTranslation('monitoring')
  const { app } = useApp()
  const { canAdminister, canEdit } = useSession()
  const budgets = useQuery({ ...budgetsQuery(useApi()), enabled: canEdit, refetchOnMount: 'always' })
  const own = budgets.data?.filter(({ target }) => target.type !== 'workspace' && target.app_id === app.id) ?? []
  if (own.length === 0) return null
  return (
    <section aria-label={t('budgets.title')} className="mb-5">
      <div className="mb-2 flex flex-wrap items-center gap-3">
        <h3 className="flex-1 font-medium">{t('budgets.title')}</h3>
        <Link to="/settings/usage" className={buttonClass({ size: 's' })}>
          {t(canAdminister ? 'budgets.change' : 'budgets.toUsage')}
        </Link>
      </div>
      <Card className="divide-y divide-line">
        {own.map((budget) => (
          <BudgetItem key={budget.id} budget={budget} />
        ))}
      </Card>
    </section>
  )
}
