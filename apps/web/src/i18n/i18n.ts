import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { reloadLaterTexts } from './later-texts.ts'

export const languages = [
  { code: 'en-US', name: 'English' },
  { code: 'zh-Hans', name: '简体中文' },
] as const

export type LanguageCode = (typeof languages)[number]['code']

/** A language's texts by namespace. */
export type Texts = Readonly<Record<string, Readonly<Record<string, unknown>>>>
/** Brings a language's texts, each language in a file of its own. */
export type LoadTexts = (language: LanguageCode) => Promise<Texts>

export const LANGUAGE_KEY = 'trellis.language'

/** The language of ours that is nearest to a tag such as `zh-CN` or `en`. */
export function toLanguageCode(tag: string | null | undefined): LanguageCode | undefined {
  if (!tag) return undefined
  const exact = languages.find((language) => language.code.toLowerCase() === tag.toLowerCase())
  if (exact) return exact.code
  const base = tag.toLowerCase().split('-')[0]
  return languages.find((language) => language.code.toLowerCase().split('-')[0] === base)?.code
}

/** What was chosen on this device, else what the browser asks for, else English. */
export function preferredLanguage(): LanguageCode {
  let stored: string | null = null
  try {
    stored = localStorage.getItem(LANGUAGE_KEY)
  } catch {
    // Closed storage: ask the browser.
  }
  for (const tag of [stored, ...navigator.languages]) {
    const code = toLanguageCode(tag)
    if (code) return code
  }
  return 'en-US'
}

/** An instance with the texts of one language loaded. */
export async function createI18n(language: LanguageCode, load: LoadTexts): Promise<i18n> {
  const instance = createInstance()
  instance.use(initReactI18next)
  await instance.init({
    lng: language,
    fallbackLng: false,
    // Codes and plural keys are plain; a dot in a key is part of it only where a namespace nests.
    resources: { [language]: await load(language) },
    defaultNS: 'common',
    ns: [],
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  document.documentElement.lang = language
  return instance
}

/** Of each instance the switch that was asked for last: one whose texts come later than another's choice is dropped. */
const lastSwitches = new WeakMap<i18n, symbol>()

/** Switches every text on the page at once, without reloading. False where another language was asked for meanwhile. */
export async function showLanguage(instance: i18n, language: LanguageCode, load: LoadTexts): Promise<boolean> {
  const mine = Symbol(language)
  lastSwitches.set(instance, mine)
  const parts = await Promise.all([load(language), reloadLaterTexts(language)])
  for (const [namespace, resources] of parts.flat().flatMap(Object.entries)) instance.addResourceBundle(language, namespace, resources)
  if (lastSwitches.get(instance) !== mine) return false
  await instance.changeLanguage(language)
  document.documentElement.lang = language
  return true
}

/** Shows a language and remembers the choice on this device. */
export async function switchLanguage(instance: i18n, language: LanguageCode, load: LoadTexts): Promise<void> {
  if (!(await showLanguage(instance, language, load))) return
  try {
    localStorage.setItem(LANGUAGE_KEY, language)
  } catch {
    // Closed storage: the choice holds until the page is left.
  }
}

/** Tells which language another tab of this device has chosen and keeps under `key`: to be shown, not to be kept. Returns the way to stop. */
export function watchLanguage(key: string, onChosen: (language: LanguageCode) => void): () => void {
  const onStorage = (event: StorageEvent) => {
    const language = event.key === key ? toLanguageCode(event.newValue) : undefined
    if (language) onChosen(language)
  }
  window.addEventListener('storage', onStorage)
  return () => window.removeEventListener('storage', onStorage)
}
