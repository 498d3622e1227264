import type { LanguageCode, LoadTexts, Texts } from './i18n.ts'

/** Texts that came with pages and dialogs of their own, by a name for each. */
const loads = new Map<string, LoadTexts>()

export async function loadLaterTexts(name: string, load: LoadTexts, language: LanguageCode): Promise<Texts> {
  const texts = await load(language)
  loads.set(name, load)
  return texts
}

/** What was brought so far, in another language: what is on view keeps its place when the language is switched. */
export const reloadLaterTexts = (language: LanguageCode): Promise<readonly Texts[]> =>
  Promise.all([...loads.values()].map((load) => load(language)))
