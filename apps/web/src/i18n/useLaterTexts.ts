import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type LanguageCode, type Texts, toLanguageCode } from './i18n.ts'

/** Brings texts that come with a page of their own, in the language of the moment. What shows them is drawn once they are here. */
export function useLaterTexts(name: string, load: (language: LanguageCode) => Promise<Texts>) {
  const { i18n } = useTranslation('common')
  const language = toLanguageCode(i18n.language) ?? 'en-US'
  return useQuery({
    queryKey: ['texts', name, language],
    queryFn: async () => {
      for (const [namespace, texts] of Object.entries(await load(language))) i18n.addResourceBundle(language, namespace, texts)
      return language
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}
