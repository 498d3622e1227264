import { TrendingDown, TrendingUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Card, cx } from '../../design/index.ts'
import { type Format, useFormat } from '../../i18n/useFormat.ts'
import { changeOf } from './chart-scale.ts'
import type { FigureChart } from './figure-charts.ts'
import { type Place, TimeChart } from './TimeChart.tsx'

export interface FigureCardProps {
  readonly chart: FigureChart
  readonly places: readonly Place[]
  /** What stands small beside the total. */
  readonly aside?: string | undefined
  /** Workflows run; other apps answer. */
  readonly isWorkflow: boolean
}

export function FigureCard({ chart, places, aside, isWorkflow }: FigureCardProps) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const told = (value: number) => tell(format, chart, value)
  const title = isWorkflow && chart.name === 'messages' ? t('figures.runs') : t(`figures.${chart.name}`)
  const total = chart.total === null ? '–' : told(chart.total)
  return (
    <Card className="flex min-w-0 flex-col gap-1 px-4 pt-3.5 pb-3">
      <div>
        <h3 className="text-s font-medium text-ink-2">{title}</h3>
        <div className="mt-0.5 flex flex-wrap items-center gap-x-2.5">
          <span className="text-2xl font-semibold tracking-tight tabular-nums">{total}</span>
          <Change chart={chart} before={chart.totalBefore === null ? '–' : told(chart.totalBefore)} />
          {aside !== undefined && (
            <span className="ml-auto flex items-center gap-1.5 text-s text-ink-3">
              {chart.series.length > 1 && <span aria-hidden className="size-2 rounded-[2px] bg-logic" />}
              {aside}
            </span>
          )}
        </div>
      </div>
      <TimeChart chart={chart} label={t('chartLabel', { title, total })} places={places} format={told} />
    </Card>
  )
}

function Change({ chart, before }: { readonly chart: FigureChart; readonly before: string }) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const change = changeOf(chart.total, chart.totalBefore)
  if (change === null) return null
  const part = format.number(Math.abs(change), { style: 'percent', maximumFractionDigits: Math.abs(change) < 0.1 ? 1 : 0 })
  const isFlat = Math.abs(change) < 0.0005
  const isGood = chart.better === (change > 0 ? 'more' : 'less')
  // What is less than one in a hundred is chance.
  const tone = Math.abs(change) < 0.01 || chart.better === 'neither' ? 'text-ink-3' : isGood ? 'text-ok' : 'text-bad'
  const Icon = change < 0 ? TrendingDown : TrendingUp
  return (
    <span className={cx('flex items-center gap-1 text-s', tone)} title={t('beforeWas', { value: before })}>
      {!isFlat && <Icon size={13} aria-hidden />}
      {isFlat ? t('same') : t(change > 0 ? 'more' : 'less', { part })}
    </span>
  )
}

function tell(format: Format, { unit, currency }: FigureChart, value: number): string {
  switch (unit) {
    case 'count':
      return format.number(value, value >= 100_000 ? { notation: 'compact', maximumFractionDigits: 1 } : {})
    case 'seconds':
      return format.duration(value)
    case 'rate':
      return format.number(value, { maximumFractionDigits: value < 10 ? 1 : 0 })
    case 'share':
      return format.number(value, { style: 'percent', maximumFractionDigits: 1 })
    case 'money':
      return format.price(String(value), currency ?? 'USD')
  }
}
