import { useTranslation } from 'react-i18next'
import { cx } from '../design/index.ts'
import { usePublishedApp } from './published-app.ts'

/** Some browsers keep nothing for pages in the frame of another. */
export function ForgetfulNote({ className }: { readonly className: string }) {
  const { t } = useTranslation('published')
  const { isForgetful } = usePublishedApp()
  if (!isForgetful) return null
  return <p className={cx('text-center text-xs text-ink-3 text-pretty', className)}>{t('forgetful')}</p>
}
