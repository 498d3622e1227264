import { CircleStop } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../design/index.ts'

/** Below an answer that somebody stopped, so that it is not taken for a whole one. */
export function StoppedMark({ className }: { readonly className?: string }) {
  const { t } = useTranslation('chat')
  return (
    <p className={cx('flex items-center gap-1.5 text-s leading-normal text-ink-3', className)}>
      <CircleStop size={15} aria-hidden />
      {t('stopped')}
    </p>
  )
}
