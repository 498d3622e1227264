import { RefreshCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toApiError } from '../../api/api-error.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { CopyButton, cx, IconButton, Notice, touchRow } from '../../design/index.ts'
import { AnnotationMark } from './AnnotationMark.tsx'
import { Markdown } from './Markdown.tsx'
import { Reasoning } from './Reasoning.tsx'
import { splitReasoning } from './reasoning.ts'
import { StoppedMark } from './StoppedMark.tsx'
import { isTurnOpen, type Turn } from './turn.ts'

export interface TurnViewProps {
  readonly turn: Turn
  /** Offered on the last turn. */
  readonly onRegenerate?: (() => void) | undefined
  /** Of that button, where no question is answered again. */
  readonly regenerateLabel?: string
  /** Figures beside the buttons. */
  readonly figures?: ReactNode
  /** More buttons: feedback. */
  readonly actions?: ReactNode
  /** Above the question: what was attached to it. */
  readonly attachments?: ReactNode
  /** In place of the question as it was asked: a field to ask it in other words. */
  readonly question?: ReactNode
  /** Above the answer: who gives it. */
  readonly face?: ReactNode
  /** Above the answer: the steps of the run behind it. */
  readonly steps?: ReactNode
  /** Below the answer: pictures that came with it. */
  readonly extras?: ReactNode
  /** In place of the console's words for the turn's error. */
  readonly errorNotice?: ReactNode
}

/** A question at the right, its answer as plain text below; what can be done with it appears when it is whole. */
export function TurnView({
  turn,
  onRegenerate,
  regenerateLabel,
  figures,
  actions,
  attachments,
  question,
  face,
  steps,
  extras,
  errorNotice,
}: TurnViewProps) {
  const { t } = useTranslation('chat')
  const isOpen = isTurnOpen(turn)
  return (
    <article className="flex flex-col gap-4">
      {attachments}
      {question ?? (turn.query !== '' && <Question text={turn.query} />)}
      {face}
      {steps}
      <div aria-busy={isOpen}>
        {turn.status === 'waiting' && turn.answer === '' ? <Thinking /> : <Answer text={turn.answer} isOpen={isOpen} />}
        {extras}
        {turn.error && (errorNotice ?? <TurnErrorNotice turn={turn} />)}
        {turn.annotation && <AnnotationMark author={turn.annotation.author} className="mt-2" />}
        {turn.status === 'stopped' && <StoppedMark className="mt-2" />}
        {!isOpen && (
          <div className={cx('mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center gap-x-0.5 text-ink-3 pointer-coarse:gap-y-3.5', touchRow)}>
            {turn.answer !== '' && <CopyButton text={() => splitReasoning(turn.answer).text} />}
            {onRegenerate && (
              <IconButton label={regenerateLabel ?? t('regenerate')} size="s" onClick={onRegenerate}>
                <RefreshCw size={14} aria-hidden />
              </IconButton>
            )}
            {actions}
            {figures && <span className="ml-2 text-s">{figures}</span>}
          </div>
        )}
      </div>
    </article>
  )
}

/** A question as it was asked. */
export function Question({ text, isStrong = false }: { readonly text: string; readonly isStrong?: boolean }) {
  const look = isStrong ? 'bg-accent text-accent-ink' : 'bg-surface-2 dark:bg-surface-3'
  return <div className={cx('max-w-[80%] self-end rounded-lg px-3.5 py-2 whitespace-pre-wrap wrap-anywhere', look)}>{text}</div>
}

function Answer({ text: answer, isOpen }: { readonly text: string; readonly isOpen: boolean }) {
  const { reasoning, text, isThinking } = splitReasoning(answer)
  return (
    <>
      {reasoning !== '' && <Reasoning text={reasoning} isThinking={isThinking && isOpen} />}
      <Markdown text={text} />
    </>
  )
}

function Thinking() {
  const { t } = useTranslation('chat')
  return (
    <span role="status" className="inline-flex h-5 items-center gap-1">
      <span className="sr-only">{t('waiting')}</span>
      {[0, 150, 300].map((delayMs) => (
        <span key={delayMs} className="size-1.5 animate-pulse rounded-full bg-ink-3" style={{ animationDelay: `${delayMs}ms` }} />
      ))}
    </span>
  )
}

function TurnErrorNotice({ turn }: { readonly turn: Turn }) {
  const errorText = useErrorText()
  if (!turn.error) return null
  return (
    <Notice tone="bad" className={turn.answer === '' ? '' : 'mt-3'}>
      {errorText(toApiError(400, turn.error))}
    </Notice>
  )
}
