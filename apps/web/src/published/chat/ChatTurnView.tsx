import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon, IconButton, Skeleton } from '../../design/index.ts'
import { TurnView } from '../../features/chat/TurnView.tsx'
import { FoldedSteps } from '../../features/workflow/StepList.tsx'
import { lazyPart } from '../../lazy-part.ts'
import { usePublishedApp } from '../published-app.ts'
import { RatingButtons } from '../RatingButtons.tsx'
import { SpeakAnswer } from '../speech/speech-controls.tsx'
import { TurnFiles } from '../TurnFiles.tsx'
import { TurnNotice } from '../TurnNotice.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { AskedBy } from './AskedBy.tsx'
import type { ChatStore } from './chat-store.ts'
import type { ChatTurn } from './chat-turn.ts'
import { EditableQuestion } from './EditableQuestion.tsx'
import type { ThreadItem } from './thread.ts'

// Forms and their controls come with the first run that waits for somebody.
const WaitingForms = lazyPart(() =>
  import('../../features/human-input/WaitingForms.tsx').then((module) => ({ default: module.WaitingForms })),
)

export interface ChatTurnViewProps {
  readonly item: ThreadItem
  readonly store: ChatStore
  /** Nothing is being written in this conversation, so that questions can be asked again. */
  readonly canAsk: boolean
}

export function ChatTurnView({ item: { turn, siblings }, store, canAsk }: ChatTurnViewProps) {
  const { site } = usePublishedApp()
  const textOf = useVisitorErrorText()
  const askAgain = canAsk ? () => store.askAgain(turn) : undefined
  return (
    <TurnView
      turn={turn}
      face={site.use_icon_as_answer_icon && <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} size="s" />}
      question={
        <EditableQuestion
          text={turn.query}
          isStrong={site.chat_color_theme_inverted}
          onAsk={canAsk ? (text) => store.askAgain(turn, text) : undefined}
        />
      }
      attachments={
        <>
          <AskedBy />
          <TurnFiles files={turn.attachments} className="self-end" />
        </>
      }
      steps={site.show_workflow_steps && turn.run && <FoldedSteps run={turn.run} />}
      extras={
        <>
          <TurnFiles files={turn.answerFiles} className="mt-3" />
          {turn.run?.status === 'paused' && (
            <div className="mt-3 flex flex-col gap-3">
              <Suspense fallback={<Skeleton className="h-24" />}>
                <WaitingForms run={turn.run} textOf={textOf} onAnswer={(token, answer) => store.answerForm(turn, token, answer)} />
              </Suspense>
            </div>
          )}
        </>
      }
      errorNotice={<TurnNotice turn={turn} onRetry={askAgain} />}
      onRegenerate={turn.error ? undefined : askAgain}
      actions={
        <>
          <SpeakAnswer turn={turn} />
          {turn.messageId !== undefined && turn.answer !== '' && (
            <RatingButtons rating={turn.rating} onRate={(rating, reason) => store.rate(turn, rating, reason)} />
          )}
          <AnswerSwitch turn={turn} siblings={siblings} store={store} />
        </>
      }
    />
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
  if (siblings.length < 2) return null
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
