import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type LoadTexts, toLanguageCode } from './i18n.ts'
import { loadLaterTexts } from './later-texts.ts'

/** Brings texts that come with a page of their own, in the language of the moment. What shows them is drawn once they are here. */
export function useLaterTexts(name: string, load: LoadTexts) {
  const { i18n } = useTranslation('common')
  const language = toLanguageCode(i18n.language) ?? 'en-US'
  return useQuery({
    queryKey: ['texts', name, language],
    queryFn: async () => {
      for (const [namespace, texts] of Object.entries(await loadLaterTexts(name, load, language)))
        i18n.addResourceBundle(language, namespace, texts)
      return language
    },
    // Whoever switches the language brings these texts, too (switchLanguage): what is on view stays, with all that was entered in it.
    placeholderData: keepPreviousData,
    // Where the net is away it is said, instead of waiting in silence for it.
    networkMode: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}
