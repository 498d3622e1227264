import type { LanguageCode } from '../../i18n/i18n.ts'
import { useLaterTexts } from '../../i18n/useLaterTexts.ts'

async function load(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../../locales/en-US/moderation.ts')).moderationTexts
    case 'zh-Hans':
      return (await import('../../locales/zh-Hans/moderation.ts')).moderationTexts
  }
}

export const useModerationTexts = () => useLaterTexts('moderation', load)
