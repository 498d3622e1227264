import { X } from 'lucide-react'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogMessage } from '../../api/types/conversations.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, ErrorState, IconButton, Skeleton } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { OwnPicturesOnly } from '../chat/picture-on-wish.ts'
import { TurnChunks } from '../chat/TurnChunks.tsx'
import { useRevealed } from '../chat/useRevealed.ts'
import { useOwnAddresses } from '../session/useOwnAddresses.ts'
import { LogTurn } from './LogTurn.tsx'
import { type LoggedTurn, toLoggedTurns } from './log-turns.ts'
import { useLogConversation, useLogMessages } from './useLogs.ts'

interface ConversationPanelProps {
  readonly id: string
  readonly onClose: () => void
}

/** Not drawn again while somebody types in the log beside it. */
export const ConversationPanel = memo(function ConversationPanel({ id, onClose }: ConversationPanelProps) {
  const { t } = useTranslation('logs')
  const { app } = useApp()
  const own = useOwnAddresses()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={t('detail.title')}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
      className="flex w-[min(560px,46vw)] shrink-0 max-[960px]:w-full max-[960px]:border-l-0 flex-col border-l border-line bg-surface outline-none"
    >
      <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2.5 pl-5">
        <h3 className="flex-1 text-l font-semibold">{t(app.mode === 'completion' ? 'detail.textTitle' : 'detail.title')}</h3>
        <IconButton label={t('close', { ns: 'common' })} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-5">
        <OwnPicturesOnly value={own}>
          <Content id={id} />
        </OwnPicturesOnly>
      </div>
    </aside>
  )
})

function Content({ id }: { readonly id: string }) {
  const { t } = useTranslation('logs')
  const { app } = useApp()
  const errorText = useErrorText()
  const detail = useLogConversation(id)
  const messages = useLogMessages(id)
  const isChat = app.mode !== 'completion'
  const failure = detail.error ?? messages.error
  if (failure) {
    const retry = () => void Promise.all([detail.refetch(), ...(isChat ? [messages.refetch()] : [])])
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(failure)} onRetry={retry} />
  }
  if (!detail.data || (isChat && messages.isPending)) {
    return (
      <div className="flex flex-col gap-4">
        <Skeleton className="ml-auto h-9 w-2/3" />
        <Skeleton className="h-24" />
        <Skeleton className="ml-auto h-9 w-1/2" />
        <Skeleton className="h-32" />
      </div>
    )
  }
  // Pages come newest first, each from old to new.
  const turns: readonly LogMessage[] = isChat
    ? [...(messages.data?.pages ?? [])].reverse().flatMap((page) => page.data)
    : detail.data.message
      ? [detail.data.message]
      : []
  return (
    <div className="flex flex-col gap-6">
      <Inputs inputs={turns[0]?.inputs ?? {}} />
      {detail.data.introduction && <Markdown text={detail.data.introduction} />}
      <Turns turns={turns} earlier={messages} />
    </div>
  )
}

interface TurnsProps {
  readonly turns: readonly LogMessage[]
  readonly earlier: ReturnType<typeof useLogMessages>
}

const keyOfTurn = ({ message }: LoggedTurn): string => message.id
const drawTurn = ({ message, attempt }: LoggedTurn) => <LogTurn key={message.id} message={message} attempt={attempt} />

function Turns({ turns, earlier }: TurnsProps) {
  const { t } = useTranslation('logs')
  const logged = toLoggedTurns(turns)
  const revealed = useRevealed(logged, keyOfTurn)
  return (
    <>
      {earlier.hasNextPage && (
        <Button
          size="s"
          className="self-center"
          isBusy={earlier.isFetchingNextPage || !revealed.isWhole}
          onClick={() => void earlier.fetchNextPage()}
        >
          {t('detail.earlier')}
        </Button>
      )}
      <TurnChunks items={logged} revealed={revealed} keyOf={keyOfTurn} draw={drawTurn} className="gap-6" />
    </>
  )
}

function Inputs({ inputs }: { readonly inputs: Readonly<Record<string, unknown>> }) {
  const { t } = useTranslation('logs')
  const entries = Object.entries(inputs)
  if (entries.length === 0) return null
  return (
    <section aria-label={t('detail.inputs')} className="rounded-md border border-line px-3.5 py-2.5">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {entries.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-s text-accent">{name}</dt>
            <dd className="line-clamp-4 whitespace-pre-wrap text-ink-2">{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
