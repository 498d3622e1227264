import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ChartColumn, Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { saveFile } from '../../../api/save-file.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, EmptyState, ErrorState, Select, Skeleton, useToast } from '../../../design/index.ts'
import { useUsageTexts } from '../../budgets/useUsageTexts.ts'
import { DayRange } from '../../logs/DayRange.tsx'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { BudgetsSection } from './budgets/BudgetsSection.tsx'
import { UsageFilters } from './UsageFilters.tsx'
import { UsageReport } from './UsageReport.tsx'
import { isNarrowed, readUsageSearch, toUsageQuery, type UsageSearch, usageRanges } from './usage-search.ts'
import { useModelNames } from './useModelNames.ts'

/** What models used and cost in the workspace, and what may be spent. */
export function UsagePage() {
  const { t } = useTranslation('common')
  const texts = useUsageTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="h-60" /> : <Usage />
}

function Usage() {
  const { t } = useTranslation('usage')
  const { workspace, canEdit } = useSession()
  if (!canEdit) return <EmptyState icon={<ChartColumn size={20} aria-hidden />} title={t('notYours')} description={t('notYoursHint')} />
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead', { workspace: workspace.name })} />
      <BudgetsSection />
      <Figures />
    </>
  )
}

type SearchChange = { readonly [Key in keyof UsageSearch]?: UsageSearch[Key] | undefined }

function Figures() {
  const { t } = useTranslation('usage')
  const api = useApi()
  const errorText = useErrorText()
  const search = useSearch({ from: '/shell/settings/usage' })
  const navigate = useNavigate()
  const change = (part: SearchChange) => {
    void navigate({ to: '/settings/usage', search: (before) => readUsageSearch({ ...before, ...part }), resetScroll: false })
  }
  const query = toUsageQuery(search, Date.now())
  const usage = useQuery({
    queryKey: ['usage', query],
    queryFn: () => api.usage.report(query),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  const names = useModelNames([...new Set(usage.data?.models.map(({ provider }) => provider))])
  const isEmpty = usage.data !== undefined && usage.data.current.calls === 0 && usage.data.previous.calls === 0
  return (
    <section aria-label={t('title')}>
      <Controls search={search} onChange={change} />
      <UsageFilters search={search} usage={usage.data} names={names} onChange={change} />
      {usage.isPending && <Skeleton className="h-60" />}
      {usage.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(usage.error)} onRetry={() => void usage.refetch()} />
      )}
      {isEmpty && <Empty search={search} onReset={() => void navigate({ to: '/settings/usage', search: { range: 'quarter' } })} />}
      {usage.data && !isEmpty && <UsageReport usage={usage.data} names={names} isOld={usage.isPlaceholderData} onNarrow={change} />}
    </section>
  )
}

function Empty({ search, onReset }: { readonly search: UsageSearch; readonly onReset: () => void }) {
  const { t } = useTranslation('usage')
  const showsAll = search.range === 'quarter' && !isNarrowed(search)
  return (
    <EmptyState
      icon={<ChartColumn size={20} aria-hidden />}
      title={t('empty.title')}
      description={t(isNarrowed(search) ? 'empty.filtered' : 'empty.lead')}
      action={!showsAll && <Button onClick={onReset}>{t('empty.action')}</Button>}
    />
  )
}

function Controls({ search, onChange }: { readonly search: UsageSearch; readonly onChange: (part: SearchChange) => void }) {
  const { t } = useTranslation('usage')
  const { t: tRange } = useTranslation('monitoring')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { range = 'month', from = '', until = '' } = search
  const save = useMutation({
    mutationFn: () => api.usage.export(toUsageQuery(search, Date.now())),
    onSuccess: (file) => saveFile('usage.csv', file),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  return (
    <div className="mb-4 flex flex-wrap items-center gap-2">
      <Select
        aria-label={t('range')}
        className="w-40"
        options={usageRanges.map((value) => ({ value, label: tRange(`ranges.${value}`) }))}
        value={range}
        onValueChange={(value) => onChange({ range: value })}
      />
      {range === 'custom' && <DayRange days={{ from, until }} onChange={(days) => onChange(days)} />}
      <span className="flex-1" />
      <Button icon={<Download size={14} aria-hidden />} isBusy={save.isPending} onClick={() => save.mutate()}>
        {t('export')}
      </Button>
    </div>
  )
}
