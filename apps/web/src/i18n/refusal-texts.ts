import type { i18n } from 'i18next'
import { formatWait } from './format-wait.ts'
import { type LanguageCode, toLanguageCode } from './i18n.ts'
import { loadLaterTexts } from './later-texts.ts'
import { formatPrice } from './useFormat.ts'

async function load(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../locales/en-US/refusals.ts')).refusalTexts
    case 'zh-Hans':
      return (await import('../locales/zh-Hans/refusals.ts')).refusalTexts
  }
}

/** Brings the sentences for what the server refuses, and teaches the instance to write their figures. */
export async function bringRefusalTexts(instance: i18n): Promise<void> {
  const { formatter } = instance.services
  formatter?.add('usd', (nano: number, language) => formatPrice(language ?? 'en-US', String(nano / 1e9), 'USD'))
  formatter?.add('wait', (seconds: number, language) => formatWait(language ?? 'en-US', seconds))
  formatter?.add('moment', formatMoment)
  const language = toLanguageCode(instance.language) ?? 'en-US'
  for (const [namespace, texts] of Object.entries(await loadLaterTexts('refusals', load, language)))
    instance.addResourceBundle(language, namespace, texts)
}

/** In the zone that the sentence names. */
function formatMoment(atMs: number, language: string | undefined, { timezone }: { readonly timezone?: string }): string {
  const zone = timezone === undefined ? {} : { timeZone: timezone }
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone }).format(atMs)
}
