import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

interface LocalizedText {
  readonly en_US: string
  readonly zh_Hans?: string | undefined
}

/** Picks the reader's language out of a text that the server gives in several. */
export function useLocalizedText(): (text: LocalizedText | null | undefined, fallback?: string) => string {
  const language = useTranslation().i18n.language
  return useCallback(
    (text, fallback = '') => (language.startsWith('zh') ? text?.zh_Hans : undefined) ?? text?.en_US ?? fallback,
    [language],
  )
}
