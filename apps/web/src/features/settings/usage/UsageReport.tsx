import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelUsage } from '../../../api/types/usage.ts'
import { cx, Notice } from '../../../design/index.ts'
import { FigureCard } from '../../monitoring/FigureCard.tsx'
import { EnterPrices } from './budgets/UnpricedNotice.tsx'
import { UsageTables } from './UsageTables.tsx'
import { toUsageCharts } from './usage-charts.ts'
import type { UsageSearch } from './usage-search.ts'
import type { ModelNames } from './useModelNames.ts'

export interface UsageReportProps {
  readonly usage: ModelUsage
  readonly names: ModelNames
  /** Of another stretch, while that which is wanted is on its way. */
  readonly isOld: boolean
  readonly onNarrow: (part: UsageSearch) => void
}

export function UsageReport({ usage, names, isOld, onNarrow }: UsageReportProps) {
  const { t, i18n } = useTranslation('usage')
  const places = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { month: 'short', day: 'numeric', timeZone: 'UTC' })
    return usage.days.map(({ date }) => {
      const time = Date.parse(`${date}T00:00:00Z`)
      return { start: time / 1000, text: format.format(time) }
    })
  }, [usage.days, i18n.language])
  const { unpriced_calls: unpriced } = usage.current
  const canBePriced = usage.models.some(({ provider, model }) => names.isUnpriced(provider, model) && names.takesPrice(provider, model))
  return (
    <div aria-busy={isOld} className={cx('transition-opacity', isOld && 'opacity-60')}>
      {unpriced > 0 && (
        <Notice tone="info" className="mb-4">
          {t('unpriced', { count: unpriced })} {canBePriced && <EnterPrices />}
        </Notice>
      )}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,300px),1fr))] gap-4">
        {toUsageCharts(usage).map((chart) => (
          <FigureCard key={chart.name} chart={chart} places={places} isWorkflow={false} />
        ))}
      </div>
      <UsageTables usage={usage} names={names} onNarrow={onNarrow} />
    </div>
  )
}
