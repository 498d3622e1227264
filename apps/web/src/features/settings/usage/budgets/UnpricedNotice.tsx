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
  const unpriced = called.filter(({ provider, model }) => names.isUnpriced(provider, model))
  const isOpen = ({ provider, model }: (typeof unpriced)[number]) => names.takesPrice(provider, model)
  const namesOf = (lines: typeof unpriced) => ({
    count: lines.length,
    models: formatList(
      i18n.language,
      lines.map(({ provider, model }) => names.modelName(provider, model)),
    ),
  })
  const open = unpriced.filter(isOpen)
  const closed = unpriced.filter((line) => !isOpen(line))
  if (unpriced.length === 0) return null
  return (
    <Notice tone="warn">
      {open.length > 0 && (
        <p>
          {t('form.unpricedModels', namesOf(open))} <EnterPrices />
        </p>
      )}
      {closed.length > 0 && <p>{t('form.unpriceableModels', namesOf(closed))}</p>}
    </Notice>
  )
}

/** Leads to where prices are filled in; what is filled in here stays. */
export function EnterPrices() {
  const { t } = useTranslation('usage')
  return (
    <Link to="/settings/models" target="_blank" className="font-medium whitespace-nowrap text-accent hover:underline">
      {t('form.enterPrices')}
    </Link>
  )
}
