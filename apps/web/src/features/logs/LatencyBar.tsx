import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { cx, Skeleton } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { useLogTexts } from './useLogTexts.ts'

const parts = [
  { key: 'queueMs', className: 'bg-io' },
  { key: 'engineMs', className: 'bg-data' },
  { key: 'databaseMs', className: 'bg-code' },
  { key: 'providerFirstTokenMs', className: 'bg-logic' },
  { key: 'providerStreamMs', className: 'bg-model' },
] as const

/** Where the time of a run went; the parts add up to its whole. */
export function LatencyBar({ runId }: { readonly runId: string }) {
  const { t } = useTranslation('logs')
  const api = useApi()
  const format = useFormat()
  const errorText = useErrorText()
  const { app } = useApp()
  const run = useQuery({ queryKey: ['logs', app.id, 'run', runId], queryFn: () => api.runs.run(app.id, runId) })
  const texts = useLogTexts()
  // Without its words it says nothing.
  if (texts.isError) return null
  if (run.isPending || texts.data === undefined) return <Skeleton className="h-14" />
  if (run.isError) return <p className="text-s text-bad">{errorText(run.error)}</p>
  const { ledger } = run.data
  if (!ledger || ledger.totalMs <= 0) return null
  return (
    <section aria-label={t('detail.time')}>
      <div className="mb-1.5 flex justify-between text-s font-medium text-ink-2">
        <span>{t('detail.time')}</span>
        <span className="font-mono font-normal">{format.duration(ledger.totalMs / 1000)}</span>
      </div>
      <div className="flex h-1.75 gap-px overflow-hidden rounded-full bg-surface-2">
        {parts.map(({ key, className }) => (
          <span key={key} className={cx('min-w-px', className)} style={{ width: `${(100 * ledger[key]) / ledger.totalMs}%` }} />
        ))}
      </div>
      <ul className="mt-2 grid grid-cols-3 gap-x-4 gap-y-1 text-s text-ink-2">
        {parts.map(({ key, className }) => (
          <li key={key} className="flex items-center gap-1.5">
            <span className={cx('size-2 rounded-[2px]', className)} />
            {t(`detail.ledger.${key}`)}
            <span className="font-mono text-xs text-ink-3">{format.duration(ledger[key] / 1000)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
