import { MessagesSquare, Search, SearchX } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, cx, EmptyState, ErrorState, Select, Skeleton, TextField } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useSession } from '../session/useSession.ts'
import { ConversationPanel } from './ConversationPanel.tsx'
import { LogsEmpty } from './LogsEmpty.tsx'
import { LogTable } from './LogTable.tsx'
import { type LogRange, logRanges, rangeStart } from './log-filter.ts'
import { Pagination } from './Pagination.tsx'
import { useLogPage } from './useLogs.ts'

const PAGE_SIZE = 25

export function LogsPage() {
  const { t } = useTranslation('logs')
  const format = useFormat()
  const [filter, setFilter] = useState<{ keyword: string; range: LogRange }>({ keyword: '', range: 'all' })
  const [page, setPage] = useState(1)
  const [openId, setOpenId] = useState<string | null>(null)
  const logs = useLogPage(useLogQuery(filter, page))
  const change = (part: Partial<typeof filter>) => {
    setFilter({ ...filter, ...part })
    setPage(1)
  }
  const isFiltered = filter.keyword.trim() !== '' || filter.range !== 'all'
  const rows = logs.data?.data ?? []
  return (
    <div className="flex min-h-0 flex-1">
      <main
        id="content"
        className={cx(
          'min-h-0 min-w-0 flex-1 overflow-y-auto px-8 py-7 max-sm:px-4 max-sm:py-5',
          // Where there is no room for both, the conversation stands in front.
          openId !== null && 'max-[960px]:hidden',
        )}
      >
        <div className="mb-4 flex flex-wrap items-center gap-2.5">
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          {logs.data && <Chip>{t('count', { count: logs.data.total, text: format.number(logs.data.total) })}</Chip>}
          <span className="flex-1" />
          <TextField
            type="search"
            aria-label={t('searchPlaceholder')}
            placeholder={t('searchPlaceholder')}
            leading={<Search size={14} aria-hidden />}
            className="w-64 max-sm:w-auto max-sm:flex-1 max-sm:basis-40"
            value={filter.keyword}
            onValueChange={(keyword) => change({ keyword })}
          />
          <Select
            aria-label={t('range')}
            className="w-40 max-sm:w-36"
            options={logRanges.map((range) => ({ value: range, label: t(`ranges.${range}`) }))}
            value={filter.range}
            onValueChange={(range) => change({ range })}
          />
        </div>
        <LogContent
          logs={logs}
          isFiltered={isFiltered}
          onShowAll={() => change({ keyword: '', range: 'all' })}
          openId={openId}
          onOpen={setOpenId}
        />
        {rows.length > 0 && logs.data && (
          <Pagination page={logs.data.page} pages={Math.ceil(logs.data.total / PAGE_SIZE)} onPageChange={setPage} />
        )}
      </main>
      {openId !== null && <ConversationPanel key={openId} id={openId} onClose={() => setOpenId(null)} />}
    </div>
  )
}

function useLogQuery(filter: { keyword: string; range: LogRange }, page: number) {
  const { account } = useSession()
  const keyword = useDeferredValue(filter.keyword.trim())
  const timeZone = account.timezone || 'UTC'
  const start = useMemo(() => rangeStart(filter.range, new Date(), timeZone), [filter.range, timeZone])
  return { page, limit: PAGE_SIZE, keyword, start }
}

interface LogContentProps {
  readonly logs: ReturnType<typeof useLogPage>
  readonly isFiltered: boolean
  readonly onShowAll: () => void
  readonly openId: string | null
  readonly onOpen: (id: string) => void
}

function LogContent({ logs, isFiltered, onShowAll, openId, onOpen }: LogContentProps) {
  const { t } = useTranslation('logs')
  const errorText = useErrorText()
  if (logs.isPending) {
    return (
      <div className="flex flex-col gap-2">
        {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
          <Skeleton key={key} className="h-10" />
        ))}
      </div>
    )
  }
  if (logs.isError)
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(logs.error)} onRetry={() => void logs.refetch()} />
  if (logs.data.data.length > 0) return <LogTable rows={logs.data.data} openId={openId} onOpen={onOpen} />
  if (!isFiltered) return <LogsEmpty icon={<MessagesSquare size={20} aria-hidden />} />
  return (
    <EmptyState
      icon={<SearchX size={20} aria-hidden />}
      title={t('nothingFound.title')}
      description={t('nothingFound.lead')}
      action={<Button onClick={onShowAll}>{t('nothingFound.action')}</Button>}
    />
  )
}
