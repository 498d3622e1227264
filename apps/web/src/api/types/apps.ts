/** Shapes of service-api 7.3, apps, for the basic modes. */
export type AppMode = 'completion' | 'chat' | 'agent-chat' | 'advanced-chat' | 'workflow'

export interface ModelChoice {
  readonly provider: string
  readonly name: string
  readonly mode: string
  readonly completion_params: Readonly<Record<string, unknown>>
}

export interface FormFieldSpec {
  readonly variable: string
  readonly label: string
  readonly required?: boolean
  readonly max_length?: number | null
  readonly options?: readonly string[]
  readonly default?: string | number | boolean | null
  readonly [key: string]: unknown
}

/** An item of `user_input_form`: one key, the control, with its field. */
export type FormItem = Readonly<Record<string, FormFieldSpec>>

/** `model_config`: what the screens edit is named, everything else is carried along untouched. */
export interface ModelConfig {
  readonly model: ModelChoice
  readonly pre_prompt: string
  readonly user_input_form: readonly FormItem[]
  readonly opening_statement: string
  readonly suggested_questions: readonly string[]
  readonly suggested_questions_after_answer: { readonly enabled: boolean; readonly [key: string]: unknown }
  readonly [key: string]: unknown
}

export interface AppSite {
  readonly code: string
  readonly access_token: string
  readonly app_base_url: string
  readonly title: string
  readonly icon_type: string | null
  readonly icon: string | null
  readonly icon_url: string | null
  readonly icon_background: string | null
  readonly description: string | null
  readonly default_language: string
  readonly copyright: string | null
  readonly privacy_policy: string | null
  readonly custom_disclaimer: string | null
  readonly input_placeholder: string | null
}

export interface AppSummary {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly mode: AppMode
  readonly icon_type: string | null
  readonly icon: string | null
  readonly icon_background: string | null
  readonly icon_url: string | null
  readonly created_at: number
  readonly updated_at: number
  readonly author_name: string | null
  /** Additions of ours beside the published shape; absent from servers that do not know them. */
  readonly has_unpublished_changes?: boolean
}

export interface App extends AppSummary {
  readonly enable_site: boolean
  readonly enable_api: boolean
  readonly model_config: ModelConfig | null
  readonly api_base_url: string
  readonly site: AppSite
}

export interface Page<T> {
  readonly page: number
  readonly limit: number
  readonly total: number
  readonly has_more: boolean
  readonly data: readonly T[]
}

export interface AppCreate {
  readonly name: string
  readonly mode: 'chat' | 'completion'
  readonly description?: string
  readonly icon_type: string
  readonly icon: string
  readonly icon_background: string
}

export interface AppUpdate {
  readonly name: string
  readonly description: string
  readonly icon_type: string
  readonly icon: string
  readonly icon_background: string | null
}

export interface DraftConfig {
  readonly model_config: ModelConfig
  /** Opaque; a PUT with an older one answers `conflict`. */
  readonly hash: string
  readonly updated_at: number
  readonly has_unpublished_changes: boolean
}

export interface ApiKey {
  readonly id: string
  readonly type: string
  /** Whole only in the answer that created it. */
  readonly token: string
  readonly last_used_at: number | null
  readonly created_at: number
}

export type SiteUpdate = Partial<
  Pick<
    AppSite,
    | 'title'
    | 'description'
    | 'icon'
    | 'icon_type'
    | 'icon_background'
    | 'copyright'
    | 'privacy_policy'
    | 'custom_disclaimer'
    | 'input_placeholder'
    | 'default_language'
  >
>
