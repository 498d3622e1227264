import { Bookmark, BookmarkCheck, CopyPlus, FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, cx, EmptyState, IconButton, useToast } from '../../design/index.ts'
import { TurnFiles } from '../../features/chat/TurnFiles.tsx'
import { TurnView } from '../../features/chat/TurnView.tsx'
import { isTurnOpen } from '../../features/chat/turn.ts'
import { usePublishedApp } from '../published-app.ts'
import { RatingButtons } from '../RatingButtons.tsx'
import { SpeakAnswer } from '../speech/speech-controls.tsx'
import { TurnNotice } from '../TurnNotice.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import type { TextState, TextStore } from './text-store.ts'
import { familyKey, type TextTurn } from './text-turn.ts'

export interface ResultsProps {
  readonly store: TextStore
  readonly state: TextState
}

/** What was made in this session, newest first. */
export function Results({ store, state }: ResultsProps) {
  const { t } = useTranslation('published')
  const { parameters } = usePublishedApp()
  const [newest] = state.results
  const isWriting = state.results.some(isTurnOpen)
  if (!newest) {
    const hint = parameters.user_input_form.length > 0 ? t('text.emptyHint') : t('text.emptyHintPlain')
    return <EmptyState icon={<FileText size={20} aria-hidden />} title={t('text.emptyTitle')} description={hint} />
  }
  const resultOf = (turn: TextTurn) => (
    <Result
      key={turn.key}
      store={store}
      turn={turn}
      isSaved={state.saved.items.some((item) => item.id === turn.messageId)}
      canRun={!isWriting}
    />
  )
  const family = familyKey(newest)
  const latest = state.results.filter((turn) => familyKey(turn) === family)
  const earlier = state.results.filter((turn) => familyKey(turn) !== family)
  return (
    <>
      <div className="flex flex-col gap-3">{latest.map(resultOf)}</div>
      {earlier.length > 0 && <h2 className="mt-8 mb-3 text-s font-medium text-ink-3">{t('text.earlier')}</h2>}
      <div className="flex flex-col gap-3">{earlier.map(resultOf)}</div>
    </>
  )
}

interface ResultProps {
  readonly store: TextStore
  readonly turn: TextTurn
  readonly isSaved: boolean
  readonly canRun: boolean
}

function Result({ store, turn, isSaved, canRun }: ResultProps) {
  const { t } = useTranslation('published')
  const { parameters } = usePublishedApp()
  const again = canRun ? () => store.run({ ...turn.inputs }, turn.files) : undefined
  return (
    <Card className={cx('px-4.5 pt-4 pb-2.5 text-[15px] leading-[1.65]', turn.likeKey !== undefined && 'ml-8 max-sm:ml-4')}>
      <TurnView
        turn={turn}
        extras={<TurnFiles files={turn.answerFiles} className="mt-3" />}
        errorNotice={<TurnNotice turn={turn} onRetry={again} />}
        onRegenerate={turn.error ? undefined : again}
        regenerateLabel={t('text.again')}
        actions={
          turn.messageId !== undefined &&
          turn.answer !== '' && (
            <>
              <SpeakAnswer turn={turn} />
              <RatingButtons
                rating={turn.rating}
                hasReason={turn.hasReason ?? false}
                onRate={(rating, reason) => store.rate(turn, rating, reason)}
              />
              {parameters.more_like_this.enabled && canRun && (
                <IconButton label={t('text.moreLikeThis')} size="s" onClick={() => store.runLike(turn)}>
                  <CopyPlus size={14} aria-hidden />
                </IconButton>
              )}
              {turn.status === 'done' && <SaveButton store={store} turn={turn} isSaved={isSaved} />}
            </>
          )
        }
      />
    </Card>
  )
}

function SaveButton({ store, turn, isSaved }: Pick<ResultProps, 'store' | 'turn' | 'isSaved'>) {
  const { t } = useTranslation('published')
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [isBusy, setBusy] = useState(false)
  const toggle = async () => {
    setBusy(true)
    try {
      if (isSaved) await store.forget(turn.messageId ?? '')
      else await store.save(turn)
    } catch (error) {
      toast.error(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <IconButton label={isSaved ? t('text.forget') : t('text.keep')} size="s" isBusy={isBusy} onClick={() => void toggle()}>
      {isSaved ? <BookmarkCheck size={15} aria-hidden className="text-accent" /> : <Bookmark size={15} aria-hidden />}
    </IconButton>
  )
}
