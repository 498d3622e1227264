import type { PublishObstacle } from '@trellis/contracts'
import type { i18n as I18n } from 'i18next'

/** The texts of a language. */
async function load(language: string) {
  if (language === 'zh-Hans') return (await import('../locales/zh-Hans/obstacles.ts')).obstacleTexts
  return (await import('../locales/en-US/obstacles.ts')).obstacleTexts
}

/** Says in the language of the moment what keeps an app from its callers. */
export async function tellObstacle(told: unknown, i18n: I18n): Promise<string | undefined> {
  if (!isObstacle(told)) return undefined
  const { language } = i18n
  i18n.addResourceBundle(language, 'obstacles', (await load(language)).obstacles)
  // Codes are data: a newer server may know more of them.
  const key = (told.code === 'section' ? `sections.${told.values['section']}` : told.code) as 'agents_later'
  return i18n.exists(key, { ns: 'obstacles' }) ? i18n.getFixedT(language, 'obstacles')(key, { replace: told.values }) : undefined
}

const isObstacle = (told: unknown): told is PublishObstacle =>
  typeof told === 'object' && told !== null && 'code' in told && 'values' in told
