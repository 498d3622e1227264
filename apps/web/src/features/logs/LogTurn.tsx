import { ChevronRight, RefreshCw, ShieldAlert, ThumbsDown, ThumbsUp } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogMessage } from '../../api/types/conversations.ts'
import { Chip, cx, Notice } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useApp } from '../app/app-context.ts'
import { Markdown } from '../chat/Markdown.tsx'
import { StoppedMark } from '../chat/StoppedMark.tsx'
import { TurnFiles } from '../chat/TurnFiles.tsx'
import { toTurnFiles } from '../chat/turn-file.ts'
import { useSession } from '../session/useSession.ts'
import { TraceLink } from '../workflow/console/TraceLink.tsx'
import { ChangedQuestion } from './ChangedQuestion.tsx'
import { LatencyBar } from './LatencyBar.tsx'
import { LogForms } from './LogForms.tsx'
import type { LoggedTurn } from './log-turns.ts'
import { toPromptMessages } from './prompt-messages.ts'
import { TurnActions, TurnAnnotation } from './TurnActions.tsx'

/**
 * A turn with what it cost, and the prompt behind it. A question that was answered again stands above its first answer only. Drawn again
 * only where it has changed: a panel may hold hundreds.
 */
export const LogTurn = memo(function LogTurn({ message: turn, attempt }: LoggedTurn) {
  const { t } = useTranslation('logs')
  const format = useFormat(useSession().account.timezone)
  const usage = usageOf(turn)
  const total = turn.message_tokens + turn.answer_tokens
  return (
    <article className="flex flex-col gap-3">
      {attempt > 1 && (
        <p className="flex items-center gap-1.5 self-end text-s text-ink-3">
          <RefreshCw size={12} aria-hidden />
          {t('detail.again', { number: format.number(attempt) })}
        </p>
      )}
      {attempt === 1 && <TurnFiles files={toTurnFiles(turn.message_files, 'user')} className="self-end" />}
      {attempt === 1 && turn.query !== '' && (
        <div className="max-w-[85%] self-end rounded-lg bg-surface-2 px-3.5 py-2 whitespace-pre-wrap wrap-anywhere">{turn.query}</div>
      )}
      <ChangedQuestion turn={turn} />
      {turn.answer !== '' && <Markdown text={turn.answer} />}
      <TurnFiles files={toTurnFiles(turn.message_files, 'assistant')} />
      <LogForms turn={turn} />
      {turn.is_stopped && <StoppedMark className="-mt-1" />}
      {turn.error && <Notice tone="bad">{turn.error}</Notice>}
      <div className="flex flex-wrap items-center gap-2 text-s text-ink-3">
        <span
          className="font-mono text-xs"
          title={t('detail.tokens', { input: format.number(turn.message_tokens), output: format.number(turn.answer_tokens) })}
        >
          {[
            t('tokens', { ns: 'chat', count: total, text: format.number(total) }),
            format.duration(turn.provider_response_latency),
            ...(usage && Number(usage.total_price) > 0 ? [format.price(usage.total_price, usage.currency)] : []),
            format.dateTime(turn.created_at),
          ]
            // Broken between its parts only.
            .map((part) => part.replaceAll(' ', '\u00a0'))
            .join(' · ')}
        </span>
        {turn.status === 'error' && <Chip tone="bad">{t('detail.failed')}</Chip>}
        {turn.moderated !== null && (
          <Chip tone="warn">
            <ShieldAlert size={11} aria-hidden />
            {t(`detail.moderated.${turn.moderated}`)}
          </Chip>
        )}
        {turn.status === 'paused' && <Chip tone="info">{t('detail.waits')}</Chip>}
        <span className="ml-auto">
          <TurnActions turn={turn} />
        </span>
      </div>
      <TurnAnnotation turn={turn} />
      {turn.feedbacks.map((feedback) => (
        <TurnFeedback key={feedback.from_source} feedback={feedback} />
      ))}
      <TurnDetails turn={turn} />
    </article>
  )
})

/** What somebody thought of the answer, and why. */
function TurnFeedback({ feedback }: { readonly feedback: LogMessage['feedbacks'][number] }) {
  const { t } = useTranslation('logs')
  const isLiked = feedback.rating === 'like'
  const who = feedback.from_source === 'admin' ? (feedback.from_account?.name ?? t('detail.operator')) : t('detail.visitor')
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
      <Chip tone={isLiked ? 'ok' : 'bad'}>
        {isLiked ? <ThumbsUp size={11} aria-hidden /> : <ThumbsDown size={11} aria-hidden />}
        {t(isLiked ? 'detail.liked' : 'detail.disliked')}
      </Chip>
      <span className="text-s text-ink-3">{who}</span>
      {feedback.content && (
        <p className="w-full border-l-2 border-line-2 pl-3 whitespace-pre-wrap wrap-anywhere text-ink-2">{feedback.content}</p>
      )}
    </div>
  )
}

function TurnDetails({ turn }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  const { app } = useApp()
  const [isOpen, setOpen] = useState(false)
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex items-center gap-1 rounded-sm text-s font-medium text-ink-2 hover:text-ink"
      >
        <ChevronRight size={13} aria-hidden className={cx('transition-transform', isOpen && 'rotate-90')} />
        {t('detail.details')}
      </button>
      {isOpen && (
        <div className="mt-2 flex flex-col gap-3">
          <SentPrompt message={turn.message} />
          {turn.run_id && <LatencyBar runId={turn.run_id} />}
          {turn.run_id && app.mode === 'advanced-chat' && (
            <div className="-ml-2">
              <TraceLink app={app} runId={turn.run_id} />
            </div>
          )}
        </div>
      )}
    </div>
  )
}

function SentPrompt({ message }: { readonly message: unknown }) {
  const { t } = useTranslation('logs')
  const messages = toPromptMessages(message)
  if (messages.length === 0) return null
  // Roles are data; one that the texts do not know is shown as it comes.
  const roleName = (role: string) => t(`detail.roles.${role}` as 'detail.roles.user', { defaultValue: role })
  return (
    <section aria-label={t('detail.prompt')}>
      <div className="mb-1.5 text-s font-medium text-ink-2">{t('detail.prompt')}</div>
      <ol className="divide-y divide-line rounded-md border border-line">
        {messages.map(({ role, text }, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sent prompt never changes
          <li key={position} className="px-3 py-2">
            <div className="text-xs font-medium tracking-wide text-ink-3 uppercase">{roleName(role)}</div>
            <pre className="mt-0.5 font-mono text-s leading-relaxed whitespace-pre-wrap wrap-anywhere">{text}</pre>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The price of a turn, which stands among its metadata. */
function usageOf(turn: LogMessage): { total_price: string; currency: string } | undefined {
  const usage = turn.metadata['usage']
  if (typeof usage !== 'object' || usage === null || !('total_price' in usage) || !('currency' in usage)) return undefined
  return { total_price: String(usage.total_price), currency: String(usage.currency) }
}
