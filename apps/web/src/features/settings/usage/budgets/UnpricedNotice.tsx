import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { Notice } from '../../../../design/index.ts'
import { formatList } from '../../../../i18n/format-list.ts'
import { useModelNames } from '../useModelNames.ts'
import { type BudgetForm, recentUsageOf } from './budget-form.ts'

/** Before a budget that refuses models without a known price is saved: which ones that were called of late it would refuse. */
export function UnpricedNotice({ form }: { readonly form: BudgetForm }) {
  const { t, i18n } = useTranslation('usage')
  const api = useApi()
  const query = recentUsageOf(form, Date.now())
  const usage = useQuery({
    queryKey: ['usage', 'unpriced', query],
    queryFn: () => api.usage.report(query ?? {}),
    enabled: query !== undefined && form.stops && form.refusesUnpriced,
  })
  const called = (usage.data?.models ?? []).filter((line) => line.unpriced_calls > 0)
  const names = useModelNames(called.map(({ provider }) => provider))
  if (!form.stops || !form.refusesUnpriced) return null
  const models = called
    .filter(({ provider, model }) => names.isUnpriced(provider, model))
    .map(({ provider, model }) => names.modelName(provider, model))
  if (models.length === 0) return null
  return (
    <Notice tone="warn">
      {t('form.unpricedModels', { count: models.length, models: formatList(i18n.language, models) })}{' '}
      <Link to="/settings/models" target="_blank" className="font-medium text-accent hover:underline">
        {t('form.enterPrices')}
      </Link>
    </Notice>
  )
}
