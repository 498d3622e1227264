import type { LoadTexts } from './i18n.ts'

/** One chunk a language. */
export const loadTexts: LoadTexts = async (language) => {
  switch (language) {
    case 'en-US':
      return (await import('../locales/en-US/index.ts')).texts
    case 'zh-Hans':
      return (await import('../locales/zh-Hans/index.ts')).texts
  }
}
