import type { LanguageCode } from '../../../i18n/i18n.ts'
import { useLaterTexts } from '../../../i18n/useLaterTexts.ts'

async function load(language: LanguageCode) {
  switch (language) {
    case 'en-US':
      return (await import('../../../locales/en-US/audit.ts')).auditTexts
    case 'zh-Hans':
      return (await import('../../../locales/zh-Hans/audit.ts')).auditTexts
  }
}

export const useAuditTexts = () => useLaterTexts('audit', load)
