/** Shapes of service-api 4.7 and 7.3, models. */
export type ModelType = 'llm' | 'text-embedding' | 'rerank' | 'speech2text' | 'moderation' | 'tts'

export interface LocalizedText {
  readonly en_US: string
  readonly zh_Hans?: string
}

export interface ShowOn {
  readonly variable: string
  readonly value: string
}

export interface CredentialField {
  readonly variable: string
  readonly label: LocalizedText
  readonly type: 'text-input' | 'secret-input' | 'select' | 'radio' | 'switch'
  readonly required: boolean
  readonly default?: string | null
  readonly placeholder?: LocalizedText | null
  readonly help?: LocalizedText | null
  readonly max_length?: number
  readonly options?: readonly { readonly label: LocalizedText; readonly value: string; readonly show_on: readonly ShowOn[] }[]
  readonly show_on: readonly ShowOn[]
}

export interface CustomModel {
  readonly model: string
  readonly model_type: ModelType
}

export interface Provider {
  readonly provider: string
  readonly label: LocalizedText
  readonly description?: LocalizedText | null
  readonly icon_small?: LocalizedText | null
  readonly icon_small_dark?: LocalizedText | null
  readonly help?: { readonly title: LocalizedText; readonly url: LocalizedText } | null
  readonly supported_model_types: readonly ModelType[]
  readonly configurate_methods: readonly ('predefined-model' | 'customizable-model')[]
  readonly provider_credential_schema?: { readonly credential_form_schemas: readonly CredentialField[] } | null
  readonly model_credential_schema?: {
    readonly model: { readonly label: LocalizedText; readonly placeholder?: LocalizedText | null }
    readonly credential_form_schemas: readonly CredentialField[]
  } | null
  readonly custom_configuration: {
    readonly status: 'active' | 'no-configure'
    readonly current_credential_id?: string | null
    readonly custom_models?: readonly CustomModel[] | null
  }
  readonly system_configuration: { readonly enabled: boolean }
}

export interface ModelEntry {
  readonly model: string
  readonly label: LocalizedText
  readonly model_type: ModelType
  readonly features?: readonly string[] | null
  readonly model_properties: { readonly context_size?: number; readonly mode?: string; readonly [key: string]: unknown }
  readonly deprecated: boolean
  readonly status: string
}

export interface ProviderModels {
  readonly provider: string
  readonly label: LocalizedText
  readonly icon_small?: LocalizedText | null
  readonly icon_small_dark?: LocalizedText | null
  readonly status: string
  readonly models: readonly ModelEntry[]
}

export interface ParameterRule {
  readonly name: string
  readonly label: LocalizedText
  readonly type: 'float' | 'int' | 'string' | 'boolean' | 'text'
  readonly help?: LocalizedText | null
  readonly required: boolean
  readonly default?: number | string | boolean | null
  readonly min?: number | null
  readonly max?: number | null
  readonly precision?: number | null
  readonly options: readonly string[]
}

export interface DefaultModel {
  readonly model: string
  readonly model_type: ModelType
  readonly provider: { readonly provider: string; readonly label?: LocalizedText }
}

export type Credentials = Readonly<Record<string, string>>
