import { ChevronLeft, ChevronRight, RefreshCw } from 'lucide-react'
import { memo, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon, IconButton, Skeleton } from '../../design/index.ts'
import { TurnFiles } from '../../features/chat/TurnFiles.tsx'
import { TurnView } from '../../features/chat/TurnView.tsx'
import { FoldedSteps } from '../../features/workflow/StepList.tsx'
import { lazyPart } from '../../lazy-part.ts'
import { usePublishedApp } from '../published-app.ts'
import { RatingButtons } from '../RatingButtons.tsx'
import { SpeakAnswer } from '../speech/speech-controls.tsx'
import { TurnNotice } from '../TurnNotice.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { AskedBy } from './AskedBy.tsx'
import { useCanAsk, whileAskable } from './can-ask.ts'
import type { ChatStore } from './chat-store.ts'
import type { ChatTurn } from './chat-turn.ts'
import { EditableQuestion } from './EditableQuestion.tsx'

// Forms and their controls come with the first run that waits for somebody.
const WaitingForms = lazyPart(() =>
  import('../../features/human-input/WaitingForms.tsx').then((module) => ({ default: module.WaitingForms })),
)

export interface ChatTurnViewProps {
  readonly turn: ChatTurn
  /** The answers to the same question, where there are others. */
  readonly siblings: readonly ChatTurn[] | undefined
  readonly store: ChatStore
}

/** Drawn again only where this turn has changed: there may be hundreds, and one of them grows with every word. */
export const ChatTurnView = memo(function ChatTurnView({ turn, siblings, store }: ChatTurnViewProps) {
  const { site } = usePublishedApp()
  return (
    <TurnView
      turn={turn}
      face={site.use_icon_as_answer_icon && <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} size="s" />}
      question={<EditableQuestion turn={turn} store={store} isStrong={site.chat_color_theme_inverted} />}
      attachments={
        <>
          <AskedBy />
          {turn.attachments.length > 0 && <TurnFiles files={turn.attachments} className="self-end" />}
        </>
      }
      steps={site.show_workflow_steps && turn.run && <FoldedSteps run={turn.run} />}
      extras={<Extras turn={turn} store={store} />}
      errorNotice={<RetryNotice turn={turn} store={store} />}
      actions={
        <>
          {!turn.error && <AskAgainButton turn={turn} store={store} />}
          <SpeakAnswer turn={turn} />
          {turn.messageId !== undefined && turn.answer !== '' && (
            <RatingButtons rating={turn.rating} hasReason={turn.hasReason} onRate={(rating, reason) => store.rate(turn, rating, reason)} />
          )}
          {siblings && <AnswerSwitch turn={turn} siblings={siblings} store={store} />}
        </>
      }
    />
  )
})

interface TurnPartProps {
  readonly turn: ChatTurn
  readonly store: ChatStore
}

function Extras({ turn, store }: TurnPartProps) {
  return (
    <>
      {turn.answerFiles.length > 0 && <TurnFiles files={turn.answerFiles} className="mt-3" />}
      {turn.run?.status === 'paused' && <AnswerForms turn={turn} run={turn.run} store={store} />}
    </>
  )
}

function AnswerForms({ turn, run, store }: TurnPartProps & { readonly run: NonNullable<ChatTurn['run']> }) {
  const textOf = useVisitorErrorText()
  return (
    <div className="mt-3 flex flex-col gap-3">
      <Suspense fallback={<Skeleton className="h-24" />}>
        <WaitingForms run={run} textOf={textOf} onAnswer={(token, answer) => store.answerForm(turn, token, answer)} />
      </Suspense>
    </div>
  )
}

function RetryNotice({ turn, store }: TurnPartProps) {
  return <TurnNotice turn={turn} onRetry={useCanAsk(store, turn) ? () => store.askAgain(turn) : undefined} />
}

function AskAgainButton({ turn, store }: TurnPartProps) {
  const { t } = useTranslation('chat')
  return (
    <IconButton label={t('regenerate')} size="s" className={whileAskable} onClick={() => store.askAgain(turn)}>
      <RefreshCw size={14} aria-hidden />
    </IconButton>
  )
}

interface AnswerSwitchProps {
  readonly turn: ChatTurn
  readonly siblings: readonly ChatTurn[]
  readonly store: ChatStore
}

/** Leafs through the answers to one question. */
function AnswerSwitch({ turn, siblings, store }: AnswerSwitchProps) {
  const { t } = useTranslation('published')
  const position = siblings.indexOf(turn)
  const previous = siblings[position - 1]
  const next = siblings[position + 1]
  return (
    <fieldset aria-label={t('otherAnswers')} className="ml-1 flex items-center text-s tabular-nums">
      <IconButton label={t('previousAnswer')} size="s" disabled={!previous} onClick={() => previous && store.choose(previous)}>
        <ChevronLeft size={14} aria-hidden />
      </IconButton>
      <span aria-hidden>
        {position + 1}/{siblings.length}
      </span>
      <span className="sr-only">{t('answerOf', { position: position + 1, count: siblings.length })}</span>
      <IconButton label={t('nextAnswer')} size="s" disabled={!next} onClick={() => next && store.choose(next)}>
        <ChevronRight size={14} aria-hidden />
      </IconButton>
    </fieldset>
  )
}
