import { useTranslation } from 'react-i18next'
import { usePublishedApp } from './published-app.ts'

/** Some browsers keep nothing for pages in the frame of another. */
export function ForgetfulNote() {
  const { t } = useTranslation('published')
  const { isForgetful } = usePublishedApp()
  if (!isForgetful) return null
  return <p className="mt-2 text-center text-xs text-ink-3 text-pretty">{t('forgetful')}</p>
}
