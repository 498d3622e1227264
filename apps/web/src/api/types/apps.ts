import type {
  ApiKey,
  App,
  AppItem,
  BodyInputOf,
  consoleAppLimitRoutes,
  consoleAppRoutes,
  consoleSiteRoutes,
  DraftConfig,
  InputField,
  InputFormItem,
  ModelConfig,
  ResponseOf,
} from '@trellis/contracts'

export type { ApiKey, App, DraftConfig, ModelConfig }
/** An app in a list. */
export type AppSummary = AppItem
export type ModelChoice = ModelConfig['model']
export type FormFieldSpec = InputField
/** An item of `user_input_form`: one key, the control, with its field. */
export type FormItem = InputFormItem
export type AppSite = NonNullable<App['site']>
export type SavedSite = ResponseOf<typeof consoleSiteRoutes.updateSite>
export type SiteUpdate = BodyInputOf<typeof consoleSiteRoutes.updateSite>
/** What a switch of an app answers. */
export type SwitchedApp = ResponseOf<typeof consoleAppRoutes.switchAppApi>
export type AppLimits = ResponseOf<typeof consoleAppLimitRoutes.getAppLimits>
export type AppLimitsUpdate = BodyInputOf<typeof consoleAppLimitRoutes.updateAppLimits>
export type AppCreate = BodyInputOf<typeof consoleAppRoutes.createApp>
export type AppUpdate = BodyInputOf<typeof consoleAppRoutes.updateApp>

export interface Page<T> {
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly has_more: boolean
  readonly data: readonly T[]
}
