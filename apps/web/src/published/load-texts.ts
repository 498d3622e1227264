import type { i18n } from 'i18next'
import { type LanguageCode, type LoadTexts, languages, preferredLanguage, showLanguage, toLanguageCode } from '../i18n/i18n.ts'
import { loadPart } from '../lazy-part.ts'
import type { KeyValueStore } from './storage.ts'

export const loadPublishedTexts: LoadTexts = async (language) => {
  switch (language) {
    case 'en-US':
      return (await loadPart(() => import('../locales/en-US/published.ts'))).publishedTexts
    case 'zh-Hans':
      return (await loadPart(() => import('../locales/zh-Hans/published.ts'))).publishedTexts
  }
}

/** Apart from the console's: whoever makes an app sees its page in the language that it was made for. */
export const PAGE_LANGUAGE_KEY = 'trellis.published-language'

/** What was chosen on this device, else the app's own, else what the browser asks for. */
export function pageLanguage(store: KeyValueStore, siteLanguage: string | undefined): LanguageCode {
  const chosen = languages.find(({ code }) => code === store.read(PAGE_LANGUAGE_KEY))?.code
  return chosen ?? toLanguageCode(siteLanguage) ?? preferredLanguage()
}

/** Switches every text on the page at once and remembers the choice on this device. */
export async function switchPageLanguage(instance: i18n, store: KeyValueStore, language: LanguageCode): Promise<void> {
  if (await showLanguage(instance, language, loadPublishedTexts)) store.write(PAGE_LANGUAGE_KEY, language)
}
