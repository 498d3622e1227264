import { useInfiniteQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, EmptyState, ErrorState, Skeleton } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditTable } from './AuditTable.tsx'
import { type FilterChoice, toFilter, unfiltered } from './audit-filter.ts'
import { useAuditTexts } from './useAuditTexts.ts'

export function AuditPage() {
  const { t } = useTranslation('common')
  const texts = useAuditTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="h-60" /> : <AuditLog />
}

function AuditLog() {
  const { t } = useTranslation('audit')
  const { workspace, canAdminister } = useSession()
  const [choice, setChoice] = useState(unfiltered)
  return (
    <>
      <PageHeading title={t('title')} lead={t('lead', { workspace: workspace.name })} />
      {canAdminister ? (
        <>
          <AuditFilters choice={choice} onChange={setChoice} />
          <Entries choice={choice} onReset={() => setChoice(unfiltered)} />
        </>
      ) : (
        <EmptyState icon={<History size={20} aria-hidden />} title={t('notYours')} description={t('notYoursHint')} />
      )}
    </>
  )
}

function Entries({ choice, onReset }: { readonly choice: FilterChoice; readonly onReset: () => void }) {
  const { t } = useTranslation('audit')
  const api = useApi()
  const errorText = useErrorText()
  const entries = useInfiniteQuery({
    queryKey: ['audit', choice],
    queryFn: ({ pageParam }) => api.audit.list(toFilter(choice, Date.now()), pageParam),
    initialPageParam: undefined as string | undefined, // the first page has none
    getNextPageParam: (page) => (page.has_more ? page.data.at(-1)?.id : undefined),
    staleTime: 0,
  })
  if (entries.isPending) return <Skeleton className="h-60" />
  if (entries.isError) {
    return (
      <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(entries.error)} onRetry={() => void entries.refetch()} />
    )
  }
  const rows = entries.data.pages.flatMap((page) => page.data)
  if (rows.length === 0) {
    return choice === unfiltered ? (
      <EmptyState icon={<History size={20} aria-hidden />} title={t('empty')} description={t('emptyHint')} />
    ) : (
      <EmptyState icon={<History size={20} aria-hidden />} title={t('noMatch')} action={<Button onClick={onReset}>{t('reset')}</Button>} />
    )
  }
  return (
    <>
      <AuditTable entries={rows} />
      {entries.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button isBusy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {t('showMore', { ns: 'common' })}
          </Button>
        </div>
      )}
    </>
  )
}
