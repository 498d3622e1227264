import type { LanguageCode } from '../../i18n/i18n.ts'
import { useLaterTexts } from '../../i18n/useLaterTexts.ts'

async function load(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../../locales/en-US/logs.ts')).logTexts
    case 'zh-Hans':
      return (await import('../../locales/zh-Hans/logs.ts')).logTexts
  }
}

export const useLogTexts = () => useLaterTexts('logs', load)
