import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, useToast } from '../design/index.ts'
import type { Rating } from './api/web-app-api.ts'
import { useVisitorErrorText } from './useVisitorErrorText.ts'

export interface RatingButtonsProps {
  readonly rating: Rating | null
  readonly onRate: (rating: Rating | null) => Promise<void>
}

/** Good or bad; the same again takes it back. */
export function RatingButtons({ rating, onRate }: RatingButtonsProps) {
  const { t } = useTranslation('published')
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const rate = (chosen: Rating) => void onRate(rating === chosen ? null : chosen).catch((error: unknown) => toast.error(errorText(error)))
  return (
    <>
      <IconButton label={t('like')} size="s" aria-pressed={rating === 'like'} onClick={() => rate('like')}>
        <ThumbsUp size={14} aria-hidden className={cx(rating === 'like' && 'fill-accent-soft text-accent')} />
      </IconButton>
      <IconButton label={t('dislike')} size="s" aria-pressed={rating === 'dislike'} onClick={() => rate('dislike')}>
        <ThumbsDown size={14} aria-hidden className={cx(rating === 'dislike' && 'fill-bad-soft text-bad')} />
      </IconButton>
    </>
  )
}
