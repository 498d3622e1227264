import { useTranslation } from 'react-i18next'
import { usePublishedApp } from './published-app.ts'

/** Copyright and privacy policy, as the app's makers gave them. */
export function PageFooter() {
  const { t } = useTranslation('published')
  const { site } = usePublishedApp()
  const hasPolicy = site.privacy_policy !== null && /^https?:\/\//u.test(site.privacy_policy)
  if (!site.copyright && !hasPolicy) return null
  return (
    <footer className="flex flex-wrap gap-x-3 gap-y-1 px-2 pt-2 text-xs text-ink-3">
      {site.copyright && <span>© {site.copyright.replace(/^©\s*/u, '')}</span>}
      {hasPolicy && (
        <a
          className="underline underline-offset-2 hover:text-ink"
          href={site.privacy_policy ?? ''}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t('privacy')}
        </a>
      )}
    </footer>
  )
}
