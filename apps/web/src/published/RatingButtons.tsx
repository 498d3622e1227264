import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, useToast } from '../design/index.ts'
import type { Rating } from './api/web-app-api.ts'
import { ReasonButton } from './ReasonButton.tsx'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

export interface RatingButtonsProps {
  readonly rating: Rating | null
  readonly onRate: (rating: Rating | null, reason?: string) => Promise<void>
}

/** Good or bad; the same again takes it back. Whoever has just rated may say why, and is asked to where it was bad. */
export function RatingButtons({ rating, onRate }: RatingButtonsProps) {
  const { t } = useTranslation('published')
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [reasonFor, setReasonFor] = useState<Rating | null>(null)
  const rate = (chosen: Rating) => {
    const given = rating === chosen ? null : chosen
    setReasonFor(given)
    void onRate(given).catch((error: unknown) => {
      setReasonFor(null)
      toast.error(errorText(error))
    })
  }
  return (
    <>
      <IconButton label={t('like')} size="s" aria-pressed={rating === 'like'} onClick={() => rate('like')}>
        <ThumbsUp size={14} aria-hidden className={cx(rating === 'like' && 'fill-accent-soft text-accent')} />
      </IconButton>
      <IconButton label={t('dislike')} size="s" aria-pressed={rating === 'dislike'} onClick={() => rate('dislike')}>
        <ThumbsDown size={14} aria-hidden className={cx(rating === 'dislike' && 'fill-bad-soft text-bad')} />
      </IconButton>
      {reasonFor !== null && reasonFor === rating && (
        <ReasonButton key={rating} rating={rating} onSend={(reason) => onRate(rating, reason)} onSent={() => setReasonFor(null)} />
      )}
    </>
  )
}
