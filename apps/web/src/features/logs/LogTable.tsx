import { MessageSquareQuote, ThumbsDown, ThumbsUp } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Cell, Chip, cx, HeaderCell, Table, TableHead, TableRow } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import type { LogRow } from './useLogs.ts'
import { readUserName } from './user-name.ts'

export interface LogTableProps {
  readonly rows: readonly LogRow[]
  readonly openId: string | null
  /** Beside an open conversation there is room for what tells rows apart; its own panel has the rest. */
  readonly isCompact: boolean
  readonly onOpen: (id: string) => void
}

const figure = 'text-right font-mono text-s text-ink-2 whitespace-nowrap'

/** What became of a turn stands near its text, in sight on a phone too. Not drawn again with every letter that is typed above it. */
export const LogTable = memo(function LogTable({ rows, openId, isCompact, onOpen }: LogTableProps) {
  const { t } = useTranslation('logs')
  const { app } = useApp()
  const isChat = app.mode !== 'completion'
  return (
    <Table className={cx('table-fixed', isCompact ? 'min-w-150' : isChat ? 'min-w-248' : 'min-w-220')}>
      <TableHead>
        <HeaderCell>{t(isChat ? 'columns.conversation' : 'columns.text')}</HeaderCell>
        <HeaderCell className="w-24">{t('columns.status')}</HeaderCell>
        <HeaderCell className={isCompact ? 'w-36' : 'w-42'}>{t('columns.user')}</HeaderCell>
        {isChat && !isCompact && <HeaderCell className="w-16 text-right">{t('columns.turns')}</HeaderCell>}
        {!isCompact && (
          <>
            <HeaderCell className="w-22 text-right">{t('columns.tokens')}</HeaderCell>
            <HeaderCell className="w-24 text-right">{t('columns.cost')}</HeaderCell>
            <HeaderCell className="w-22 text-right">{t('columns.latency')}</HeaderCell>
          </>
        )}
        <HeaderCell className={isCompact ? 'w-20' : 'w-24'}>{t('columns.feedback')}</HeaderCell>
        <HeaderCell className={isCompact ? 'w-28' : 'w-30'}>{t('columns.updated')}</HeaderCell>
      </TableHead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} isChat={isChat} isCompact={isCompact} isOpen={row.id === openId} onOpen={onOpen} />
        ))}
      </tbody>
    </Table>
  )
})

interface RowProps {
  readonly row: LogRow
  readonly isChat: boolean
  readonly isCompact: boolean
  readonly isOpen: boolean
  readonly onOpen: (id: string) => void
}

const Row = memo(function Row({ row, isChat, isCompact, isOpen, onOpen }: RowProps) {
  const { t } = useTranslation('logs')
  const format = useFormat()
  const userOf = ({ user, source }: LogRow): string => {
    const called = readUserName(user ?? '', source === 'web_app')
    if (called.kind === 'visitor') return t('visitor', { mark: called.mark })
    return called.kind === 'unnamed' || called.name === '' ? t('unknownUser') : called.name
  }
  // Sources are data; one that only a newer server knows is shown as it comes.
  const sourceKey = `sources.${row.source}` as 'sources.api'
  return (
    <TableRow onClick={() => onOpen(row.id)} isSelected={isOpen} aria-selected={isOpen}>
      <Cell className="font-medium">
        <div className="flex items-center gap-1.5">
          <span className="min-w-0 truncate">{row.title}</span>
          {row.isAnnotated && (
            <MessageSquareQuote size={13} role="img" aria-label={t('detail.annotated')} className="shrink-0 text-accent" />
          )}
        </div>
      </Cell>
      <Cell>
        <StatusChip row={row} />
      </Cell>
      <Cell>
        <div className="flex items-center gap-1.5">
          <span className="min-w-0 truncate text-ink-2" title={row.user ?? undefined}>
            {userOf(row)}
          </span>
          <Chip>{t(sourceKey, { defaultValue: row.source })}</Chip>
        </div>
      </Cell>
      {isChat && !isCompact && <Cell className={figure}>{format.number(row.turns)}</Cell>}
      {!isCompact && (
        <>
          <Cell className={figure}>{format.number(row.tokens)}</Cell>
          <Cell className={figure}>{Number(row.price) > 0 ? format.price(row.price, row.currency) : '–'}</Cell>
          <Cell className={figure}>{row.latency > 0 ? format.duration(row.latency) : '–'}</Cell>
        </>
      )}
      <Cell>
        <Ratings row={row} />
      </Cell>
      <Cell className="truncate text-ink-3">{format.ago(row.updatedAt)}</Cell>
    </TableRow>
  )
})

/** The worst that became of a turn. */
function StatusChip({ row: { failed, paused, stopped } }: { readonly row: LogRow }) {
  const { t } = useTranslation('logs')
  if (failed > 0) return <Chip tone="bad">{t('status.failed', { count: failed })}</Chip>
  if (paused > 0) return <Chip tone="info">{t('status.paused', { count: paused })}</Chip>
  if (stopped > 0) return <Chip tone="warn">{t('status.stopped', { count: stopped })}</Chip>
  return <Chip tone="ok">{t('status.ok')}</Chip>
}

function Ratings({ row: { liked, disliked } }: { readonly row: LogRow }) {
  const { t } = useTranslation('logs')
  const format = useFormat()
  if (liked + disliked === 0) return <span className="text-ink-3">–</span>
  return (
    <div className="flex items-center gap-2.5 font-mono text-s text-ink-2">
      {liked > 0 && (
        <span className="flex items-center gap-1">
          <ThumbsUp size={13} role="img" aria-label={t('detail.liked')} className="text-ok" />
          {format.number(liked)}
        </span>
      )}
      {disliked > 0 && (
        <span className="flex items-center gap-1">
          <ThumbsDown size={13} role="img" aria-label={t('detail.disliked')} className="text-bad" />
          {format.number(disliked)}
        </span>
      )}
    </div>
  )
}
