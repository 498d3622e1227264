import { useMutation } from '@tanstack/react-query'
import { Download, MessagesSquare, SearchX } from 'lucide-react'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { LogFilterQuery } from '../../api/runs-api.ts'
import { saveFile } from '../../api/save-file.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, cx, EmptyState, ErrorState, Skeleton, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { Succession } from '../chat/Succession.tsx'
import { useSession } from '../session/useSession.ts'
import { ConversationPanel } from './ConversationPanel.tsx'
import { LogFilters } from './LogFilters.tsx'
import { LogsEmpty } from './LogsEmpty.tsx'
import { LogTable } from './LogTable.tsx'
import { everything, isNarrowed, type LogFilter, toLogQuery } from './log-filter.ts'
import { Pagination } from './Pagination.tsx'
import { useLogPage } from './useLogs.ts'
import { useLogTexts } from './useLogTexts.ts'
import { PAUSE_MS, useLogView } from './useLogView.ts'
import { toUserSearch } from './user-name.ts'

const PAGE_SIZE = 25

/** What was said to an app: searched, narrowed, read. */
export function LogsPage() {
  const { t } = useTranslation('common')
  const texts = useLogTexts()
  if (texts.isError) return <ErrorState title={t('loadFailed')} message={t('reloadHint')} onRetry={() => void texts.refetch()} />
  return texts.data === undefined ? <Skeleton className="m-8 h-60" /> : <Logs />
}

function Logs() {
  const { t } = useTranslation('logs')
  const format = useFormat()
  const { view, narrow, turnTo, open: openAt } = useLogView()
  // What was pressed answers first: a filter says what was chosen, a row that it is the one; what comes of it follows.
  const followed = useDeferredValue(view)
  const { openId, besideId, open, close } = useOpenConversation(view.openId, openAt)
  const query = useLogQuery(followed.filter)
  const logs = useLogPage({ ...query, page: followed.page, limit: PAGE_SIZE })
  const rows = logs.data?.data ?? []
  const lastPage = logs.data && !logs.isPlaceholderData ? Math.max(1, Math.ceil(logs.data.total / PAGE_SIZE)) : undefined
  useEffect(() => {
    // An address may be older than what it names.
    if (lastPage !== undefined && view.page > lastPage) turnTo(lastPage)
  }, [lastPage, view.page, turnTo])
  return (
    <div className="flex min-h-0 flex-1">
      <main
        id="content"
        className={cx(
          'min-h-0 min-w-0 flex-1 overflow-y-auto px-8 py-7 max-sm:px-4 max-sm:py-5',
          // Where there is no room for both, the conversation stands in front.
          besideId !== null && 'max-[960px]:hidden',
        )}
      >
        <div className="mb-3 flex flex-wrap items-center gap-2.5">
          <h2 className="text-2xl font-semibold tracking-tight">{t('title')}</h2>
          {logs.data && <Chip>{t('count', { count: logs.data.total, text: format.number(logs.data.total) })}</Chip>}
          <span className="flex-1" />
          <ExportButton query={query} isDisabled={rows.length === 0} />
        </div>
        <LogFilters filter={view.filter} onChange={narrow} isCompact={besideId !== null} />
        <LogContent
          logs={logs}
          isFiltered={isNarrowed(followed.filter)}
          onShowAll={() => narrow({ ...everything, sort: view.filter.sort })}
          openId={openId}
          isCompact={besideId !== null}
          onOpen={open}
        />
        {logs.data && (rows.length > 0 || (logs.data.total > 0 && view.page > 1)) && (
          <Pagination page={view.page} pages={Math.ceil(logs.data.total / PAGE_SIZE)} onPageChange={turnTo} />
        )}
      </main>
      <Succession current={besideId} className="flex shrink-0 max-[960px]:w-full">
        {(id) => <ConversationPanel id={id} onClose={close} />}
      </Succession>
    </div>
  )
}

/** The conversation that was chosen, and the one beside the list. Where it is closed, the keyboard is back at the row that opened it. */
function useOpenConversation(openId: string | null, onOpen: (id: string | null) => void) {
  const besideId = useDeferredValue(openId)
  const opener = useRef<Element | null>(null)
  const open = useCallback(
    (id: string) => {
      opener.current = document.activeElement
      onOpen(id)
    },
    [onOpen],
  )
  const close = useCallback(() => onOpen(null), [onOpen])
  useEffect(() => {
    if (besideId === null && opener.current instanceof HTMLElement && !isElsewhere(document.activeElement)) opener.current.focus()
  }, [besideId])
  return { openId, besideId, open, close }
}

/** Whoever has gone on to another field by then stays there. */
const isElsewhere = (active: Element | null): boolean => active !== null && active !== document.body && active.closest('aside') === null

function useLogQuery(filter: LogFilter): LogFilterQuery {
  const { t } = useTranslation('logs')
  const { account } = useSession()
  const timeZone = account.timezone || 'UTC'
  const settled = useSettled(filter)
  // The moment of a query is the one at which its filter was chosen.
  return useMemo(() => {
    const user = toUserSearch(settled.user, (mark) => t('visitor', { mark }))
    return toLogQuery({ ...settled, user }, new Date(), timeZone)
  }, [settled, timeZone, t])
}

/** The filter, with words as they stand when nobody types. */
function useSettled(filter: LogFilter): LogFilter {
  const [settled, setSettled] = useState(filter)
  const isTyping = filter.keyword !== settled.keyword || filter.user !== settled.user
  if (!isTyping && filter !== settled) setSettled(filter)
  useEffect(() => {
    if (!isTyping) return
    const timer = setTimeout(() => setSettled(filter), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [filter, isTyping])
  return isTyping ? settled : filter
}

function ExportButton({ query, isDisabled }: { readonly query: LogFilterQuery; readonly isDisabled: boolean }) {
  const { t } = useTranslation('logs')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { app } = useApp()
  const save = useMutation({
    mutationFn: () => api.runs.exportLog(app.id, query),
    onSuccess: (file) => saveFile(`${app.name} ${new Date().toISOString().slice(0, 10)}.csv`, file),
    onError: (error) => toast.error(t('exportFailed'), errorText(error)),
  })
  return (
    <Button icon={<Download size={14} aria-hidden />} disabled={isDisabled} isBusy={save.isPending} onClick={() => save.mutate()}>
      {t('export')}
    </Button>
  )
}

interface LogContentProps {
  readonly logs: ReturnType<typeof useLogPage>
  readonly isFiltered: boolean
  readonly onShowAll: () => void
  readonly openId: string | null
  readonly isCompact: boolean
  readonly onOpen: (id: string) => void
}

function LogContent({ logs, isFiltered, onShowAll, openId, isCompact, onOpen }: LogContentProps) {
  const { t } = useTranslation('logs')
  const errorText = useErrorText()
  // The rows follow by a frame, and where there were none, at once.
  const drawn = useDeferredValue(logs.data)?.data ?? []
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
  if (logs.data.data.length > 0) {
    return (
      <div aria-busy={logs.isPlaceholderData} className="aria-busy:opacity-60 aria-busy:transition-opacity aria-busy:delay-200">
        <LogTable rows={drawn.length > 0 ? drawn : logs.data.data} openId={openId} isCompact={isCompact} onOpen={onOpen} />
      </div>
    )
  }
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
