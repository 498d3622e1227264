import type { LanguageCode } from '../../i18n/i18n.ts'
import { useLaterTexts } from '../../i18n/useLaterTexts.ts'

async function load(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../../locales/en-US/usage.ts')).usageTexts
    case 'zh-Hans':
      return (await import('../../locales/zh-Hans/usage.ts')).usageTexts
  }
}

export const useUsageTexts = () => useLaterTexts('usage', load)
