import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, useToast } from '../design/index.ts'
import type { Rating } from './api/web-app-api.ts'
import { ReasonButton } from './ReasonButton.tsx'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

export interface RatingButtonsProps {
  readonly rating: Rating | null
  /** It was said why. */
  readonly hasReason: boolean
  readonly onRate: (rating: Rating | null, reason?: string) => Promise<void>
}

/** Good or bad; the same again takes it back. Whoever has just rated may say why; what was bad waits for it, after a reload too. */
export function RatingButtons({ rating, hasReason, onRate }: RatingButtonsProps) {
  const { t } = useTranslation('published')
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [isFresh, setFresh] = useState(false)
  const rate = (chosen: Rating) => {
    setFresh(true)
    void onRate(rating === chosen ? null : chosen).catch((error: unknown) => toast.error(errorText(error)))
  }
  return (
    <>
      <IconButton label={t('like')} size="s" aria-pressed={rating === 'like'} onClick={() => rate('like')}>
        <ThumbsUp size={14} aria-hidden className={cx(rating === 'like' && 'fill-accent-soft text-accent')} />
      </IconButton>
      <IconButton label={t('dislike')} size="s" aria-pressed={rating === 'dislike'} onClick={() => rate('dislike')}>
        <ThumbsDown size={14} aria-hidden className={cx(rating === 'dislike' && 'fill-bad-soft text-bad')} />
      </IconButton>
      {rating !== null && !hasReason && (isFresh || rating === 'dislike') && (
        <ReasonButton key={rating} rating={rating} onSend={(reason) => onRate(rating, reason)} />
      )}
    </>
  )
}
