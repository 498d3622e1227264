import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { watchLanguage } from '../i18n/i18n.ts'
import { PAGE_LANGUAGE_KEY, switchPageLanguage } from './load-texts.ts'
import type { KeyValueStore } from './storage.ts'

/** The language that is chosen in one tab is that of the others, too. Where its texts do not arrive, this tab keeps the one that it has. */
export function FollowedLanguage({ store }: { readonly store: KeyValueStore }) {
  const { i18n } = useTranslation()
  useEffect(
    () => watchLanguage(PAGE_LANGUAGE_KEY, (language) => void switchPageLanguage(i18n, store, language).catch(() => undefined)),
    [i18n, store],
  )
  return null
}
