import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Monitoring } from '@trellis/contracts'
import { ChartColumn } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, cx, EmptyState, ErrorState, Select, Skeleton } from '../../design/index.ts'
import { type Format, useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { useUsageTexts } from '../budgets/useUsageTexts.ts'
import { DayRange } from '../logs/DayRange.tsx'
import { useSession } from '../session/useSession.ts'
import { AppBudgets } from './AppBudgets.tsx'
import { FigureCard } from './FigureCard.tsx'
import { type FigureChart, toCharts } from './figure-charts.ts'
import { type MonitoringWindow, monitoringRanges, toWindowQuery } from './monitoring-window.ts'
import type { Place } from './TimeChart.tsx'

/** What an app does, in figures, beside the window before. */
export function MonitoringPage() {
  const { t } = useTranslation('common')
  const texts = useUsageTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Monitored />
}

function Monitored() {
  const { t } = useTranslation('monitoring')
  const [shown, setShown] = useState<MonitoringWindow>({ range: 'week', from: '', until: '' })
  return (
    <main id="content" className="min-h-0 flex-1 overflow-y-auto px-8 py-7 max-sm:px-4 max-sm:py-5">
      <div className="mb-5 flex flex-wrap items-center gap-2.5">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-ink-2">{t('lead')}</p>
        </div>
        {shown.range === 'custom' && <DayRange days={shown} onChange={(days) => setShown({ ...shown, ...days })} />}
        <Select
          aria-label={t('range')}
          className="w-40"
          options={monitoringRanges.map((range) => ({ value: range, label: t(`ranges.${range}`) }))}
          value={shown.range}
          onValueChange={(range) => setShown({ ...shown, range })}
        />
      </div>
      <AppBudgets />
      <Figures shown={shown} onShowQuarter={() => setShown({ ...shown, range: 'quarter' })} />
    </main>
  )
}

function Figures({ shown, onShowQuarter }: { readonly shown: MonitoringWindow; readonly onShowQuarter: () => void }) {
  const { t } = useTranslation('monitoring')
  const errorText = useErrorText()
  const figures = useMonitoring(shown)
  if (figures.isPending) {
    return (
      <div className={grid}>
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-55" />
        ))}
      </div>
    )
  }
  if (figures.isError) {
    const retry = () => void figures.refetch()
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(figures.error)} onRetry={retry} />
  }
  if (figures.data.current.messages === 0 && figures.data.previous.messages === 0) {
    return (
      <EmptyState
        icon={<ChartColumn size={20} aria-hidden />}
        title={t('empty.title')}
        description={t('empty.lead')}
        action={shown.range !== 'quarter' && <Button onClick={onShowQuarter}>{t('empty.action')}</Button>}
      />
    )
  }
  return <Charts monitoring={figures.data} isOld={figures.isPlaceholderData} />
}

const grid = 'grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-4'

function useMonitoring(shown: MonitoringWindow) {
  const api = useApi()
  const { app } = useApp()
  const { account } = useSession()
  const timeZone = account.timezone || 'UTC'
  const query = useMemo(() => toWindowQuery(shown, new Date(), timeZone), [shown, timeZone])
  return useQuery({
    queryKey: ['monitoring', app.id, query],
    queryFn: () => api.runs.monitoring(app.id, query),
    placeholderData: keepPreviousData,
  })
}

function Charts({ monitoring, isOld }: { readonly monitoring: Monitoring; readonly isOld: boolean }) {
  const { t } = useTranslation('monitoring')
  const format = useFormat()
  const { app } = useApp()
  const places = usePlaces(monitoring)
  return (
    <div aria-busy={isOld} className={cx(grid, 'transition-opacity', isOld && 'opacity-60')}>
      {toCharts(monitoring).map((chart) => (
        <FigureCard
          key={chart.name}
          chart={chart}
          places={places}
          isWorkflow={app.mode === 'workflow'}
          aside={asideOf(chart, monitoring, { t, format, mode: app.mode })}
        />
      ))}
    </div>
  )
}

/** When each span begins, on the clock of the account. */
function usePlaces({ spans, unit }: Monitoring): readonly Place[] {
  const { i18n } = useTranslation()
  const { account } = useSession()
  return useMemo(() => {
    const timeZone = account.timezone || 'UTC'
    const shown =
      unit === 'hour' ? ({ weekday: 'short', hour: '2-digit', minute: '2-digit' } as const) : ({ month: 'short', day: 'numeric' } as const)
    const format = new Intl.DateTimeFormat(i18n.language, { ...shown, timeZone })
    return spans.map(({ start }) => ({ start, text: format.format(start * 1000) }))
  }, [spans, unit, account.timezone, i18n.language])
}

interface Words {
  readonly t: ReturnType<typeof useTranslation<'monitoring'>>['t']
  readonly format: Format
  readonly mode: string
}

function asideOf({ name }: FigureChart, { current }: Monitoring, { t, format, mode }: Words): string | undefined {
  switch (name) {
    // The ledger of what models cost does not tell trials from traffic.
    case 'cost':
      return mode === 'workflow' || mode === 'advanced-chat' ? t('withTrials') : undefined
    case 'latency':
      return current.latency_p95 === null ? undefined : t('p95', { value: format.duration(current.latency_p95) })
    case 'failed': {
      const share = current.messages === 0 ? 0 : current.failed / current.messages
      return t('ofAll', { part: format.number(share, { style: 'percent', maximumFractionDigits: 1 }) })
    }
    case 'satisfaction':
      return t('ratings', { liked: format.number(current.liked), disliked: format.number(current.disliked) })
    default:
      return undefined
  }
}
