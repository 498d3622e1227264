import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { showLanguage, watchLanguage } from '../i18n/i18n.ts'
import { loadPublishedTexts, PAGE_LANGUAGE_KEY } from './load-texts.ts'

/** The language that is chosen in one tab is that of the others, too. Where its texts do not arrive, this tab keeps the one that it has. */
export function FollowedLanguage() {
  const { i18n } = useTranslation()
  useEffect(
    () => watchLanguage(PAGE_LANGUAGE_KEY, (language) => void showLanguage(i18n, language, loadPublishedTexts).catch(() => undefined)),
    [i18n],
  )
  return null
}
