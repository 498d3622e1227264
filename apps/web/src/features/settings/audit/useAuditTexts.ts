import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type LanguageCode, toLanguageCode } from '../../../i18n/i18n.ts'

async function loadAuditTexts(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../../../locales/en-US/audit.ts')).auditTexts
    case 'zh-Hans':
      return (await import('../../../locales/zh-Hans/audit.ts')).auditTexts
  }
}

/** Brings the texts of this page, in the language of the moment. Its parts are drawn once they are here. */
export function useAuditTexts() {
  const { i18n } = useTranslation('settings')
  const language = toLanguageCode(i18n.language) ?? 'en-US'
  return useQuery({
    queryKey: ['texts', 'audit', language],
    queryFn: async () => {
      for (const [namespace, texts] of Object.entries(await loadAuditTexts(language))) {
        i18n.addResourceBundle(language, namespace, texts)
      }
      return language
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}
