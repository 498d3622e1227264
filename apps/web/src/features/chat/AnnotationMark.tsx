import { MessageSquareQuote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../design/index.ts'

/** Below an answer that a person wrote, so that it is not taken for a model's. */
export function AnnotationMark({ author, className }: { readonly author: string; readonly className?: string }) {
  const { t } = useTranslation('chat')
  return (
    <p className={cx('flex items-center gap-1.5 text-s leading-normal text-ink-3', className)}>
      <MessageSquareQuote size={13} aria-hidden />
      {author === '' ? t('annotated') : t('annotatedBy', { name: author })}
    </p>
  )
}
