import 'i18next'
import type { accessTexts } from '../locales/en-US/access.ts'
import type { annotationTexts } from '../locales/en-US/annotations.ts'
import type { auditTexts } from '../locales/en-US/audit.ts'
import type { embedTexts } from '../locales/en-US/embed.ts'
import type { extensionTexts } from '../locales/en-US/extensions.ts'
import type { generatorTexts } from '../locales/en-US/generator.ts'
import type { texts } from '../locales/en-US/index.ts'
import type { logTexts } from '../locales/en-US/logs.ts'
import type { moderationTexts } from '../locales/en-US/moderation.ts'
import type { obstacleTexts } from '../locales/en-US/obstacles.ts'
import type { overviewTexts } from '../locales/en-US/overview.ts'
import type { playgroundTexts } from '../locales/en-US/playground.ts'
import type { publishedTexts } from '../locales/en-US/published.ts'
import type { refusalTexts } from '../locales/en-US/refusals.ts'
import type { registrationTexts } from '../locales/en-US/registration.ts'
import type { upkeepTexts } from '../locales/en-US/upkeep.ts'
import type { uploadTexts } from '../locales/en-US/uploads.ts'
import type { usageTexts } from '../locales/en-US/usage.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: typeof texts &
      typeof accessTexts &
      typeof annotationTexts &
      typeof auditTexts &
      typeof embedTexts &
      typeof extensionTexts &
      typeof generatorTexts &
      typeof logTexts &
      typeof moderationTexts &
      typeof obstacleTexts &
      typeof overviewTexts &
      typeof playgroundTexts &
      typeof publishedTexts &
      typeof refusalTexts &
      typeof registrationTexts &
      typeof upkeepTexts &
      typeof uploadTexts &
      typeof usageTexts
  }
}
