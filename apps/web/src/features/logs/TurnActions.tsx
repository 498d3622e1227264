import { useMutation } from '@tanstack/react-query'
import { MessageSquareQuote, ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { LogMessage } from '../../api/types/conversations.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Chip, CopyButton, cx, IconButton, useToast } from '../../design/index.ts'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { useApp } from '../app/app-context.ts'
import { useRefreshTurn } from './useLogs.ts'

const AnnotationEditor = lazyDialog(() => import('../annotations/AnnotationEditor.tsx').then((module) => module.AnnotationEditor))

/** What an operator does with an answer: copies it, rates it, writes down what it should have been. */
export function TurnActions({ turn }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  const [isAnnotating, setAnnotating] = useState(false)
  return (
    <span className="flex items-center gap-0.5">
      <CopyButton text={turn.answer} />
      <Rating turn={turn} />
      <IconButton label={t(turn.annotation ? 'detail.editAnnotation' : 'detail.annotate')} size="s" onClick={() => setAnnotating(true)}>
        <MessageSquareQuote size={14} aria-hidden className={cx(turn.annotation && 'fill-accent-soft text-accent')} />
      </IconButton>
      {isAnnotating && (
        <AnnotationEditor
          subject={{ type: 'message', id: turn.id, isAnnotated: turn.annotation !== null }}
          initial={{ question: turn.annotation?.question ?? turn.query, answer: turn.annotation?.content ?? turn.answer }}
          onClose={() => setAnnotating(false)}
        />
      )}
    </span>
  )
}

type Rating = 'like' | 'dislike'

function Rating({ turn }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const refresh = useRefreshTurn()
  const { app } = useApp()
  const given = turn.feedbacks.find(({ from_source: source }) => source === 'admin')?.rating ?? null
  const rate = useMutation({
    mutationFn: (rating: Rating) => api.runs.rateMessage(app.id, turn.id, rating === given ? null : rating),
    onSuccess: () => refresh(turn.id),
    onError: (error) => toast.error(t('detail.rateFailed'), errorText(error)),
  })
  return (
    <>
      <IconButton label={t('detail.rateGood')} size="s" aria-pressed={given === 'like'} onClick={() => rate.mutate('like')}>
        <ThumbsUp size={14} aria-hidden className={cx(given === 'like' && 'fill-accent-soft text-accent')} />
      </IconButton>
      <IconButton label={t('detail.rateBad')} size="s" aria-pressed={given === 'dislike'} onClick={() => rate.mutate('dislike')}>
        <ThumbsDown size={14} aria-hidden className={cx(given === 'dislike' && 'fill-bad-soft text-bad')} />
      </IconButton>
    </>
  )
}

/** Whether an annotation answered, and what somebody wrote down since. */
export function TurnAnnotation({ turn: { annotation, annotation_hit_history: hit } }: { readonly turn: LogMessage }) {
  const { t } = useTranslation('logs')
  if (!annotation && !hit) return null
  const author = hit?.annotation_create_account?.name
  return (
    <div className="flex flex-col items-start gap-2">
      {hit && (
        <Chip tone="accent">
          <MessageSquareQuote size={11} aria-hidden />
          {author ? t('detail.annotationHitBy', { name: author }) : t('detail.annotationHit')}
        </Chip>
      )}
      {annotation && (
        <section className="w-full rounded-md border border-line px-3.5 py-2.5">
          <p className="mb-1 flex items-center gap-1.5 text-s font-medium text-ink-2">
            <MessageSquareQuote size={13} aria-hidden />
            {t('detail.annotation', { name: annotation.account?.name ?? t('detail.somebody') })}
          </p>
          <p className="whitespace-pre-wrap wrap-anywhere">{annotation.content}</p>
        </section>
      )}
    </div>
  )
}
