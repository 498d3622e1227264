import type { Egress } from './egress.ts'
import type { ProviderClient } from './model.ts'

export type ModelType = 'llm' | 'text-embedding' | 'rerank' | 'speech2text' | 'moderation' | 'tts'
export type ModelFeature =
  | 'tool-call'
  | 'multi-tool-call'
  | 'agent-thought'
  | 'vision'
  | 'stream-tool-call'
  | 'document'
  | 'video'
  | 'audio'
  | 'structured-output'

export interface LocalizedText {
  readonly en_US: string
  readonly zh_Hans?: string
}

/** One row of a parameter form (plugins-and-models 1.1). */
export interface ParameterRule {
  readonly name: string
  readonly use_template?: string
  readonly label: LocalizedText
  readonly type: 'float' | 'int' | 'string' | 'boolean' | 'text'
  readonly help?: LocalizedText
  readonly required: boolean
  readonly default?: number | string | boolean
  readonly min?: number
  readonly max?: number
  readonly precision?: number
  readonly options: readonly string[]
}

/** One row of a credential form (plugins-and-models 1.3). */
export interface CredentialField {
  readonly variable: string
  readonly label: LocalizedText
  readonly type: 'text-input' | 'secret-input' | 'select' | 'radio' | 'switch'
  readonly required: boolean
  readonly default?: string
  readonly placeholder?: LocalizedText
  readonly help?: LocalizedText
  readonly max_length?: number
  /** Not on the wire. `amount`: a number that is not negative, with a decimal point. */
  readonly format?: 'amount'
  readonly options?: readonly {
    readonly label: LocalizedText
    readonly value: string
    readonly show_on: readonly { readonly variable: string; readonly value: string }[]
  }[]
  readonly show_on: readonly { readonly variable: string; readonly value: string }[]
}

export interface ModelPricing {
  /** Price of `perTokens` tokens, in nano-units (1e-9) of `currency`. */
  readonly inputNano: number
  readonly outputNano: number
  /** Prompt tokens that came from the provider's cache; the input price where absent. */
  readonly cachedInputNano?: number
  readonly perTokens: number
  /** Price of an hour of sound, where a model is paid by the time that it hears. */
  readonly soundHourNano?: number
  readonly currency: string
  /** Prices of the whole call once its prompt is longer than `abovePromptTokens`. */
  readonly longPrompt?: {
    readonly abovePromptTokens: number
    readonly inputNano: number
    readonly outputNano: number
    readonly cachedInputNano?: number
  }
}

export interface CatalogModel {
  readonly model: string
  readonly label: LocalizedText
  readonly type: ModelType
  readonly features: readonly ModelFeature[]
  readonly mode?: 'chat' | 'completion'
  /** Tokens of prompt and answer together. */
  readonly contextSize?: number
  readonly maxOutputTokens?: number
  readonly parameterRules: readonly ParameterRule[]
  readonly pricing?: ModelPricing
  readonly voices?: readonly { readonly mode: string; readonly name: string; readonly language: readonly string[] }[]
  readonly isDeprecated?: boolean
}

export type Credentials = Readonly<Record<string, string>>

export interface ProviderDependencies {
  readonly egress: Egress
}

/** Everything that Trellis knows of one provider. */
export interface ProviderDefinition {
  /** Bare name, `openai`; on the wire `langgenius/openai/openai`. */
  readonly id: string
  readonly label: LocalizedText
  readonly description: LocalizedText
  /** Inline SVG, light and, where it differs, dark. */
  readonly icon: string
  readonly iconDark?: string
  readonly help?: { readonly title: LocalizedText; readonly url: LocalizedText }
  readonly modelTypes: readonly ModelType[]
  /** `predefined-model`: one key opens the catalogue; `customizable-model`: each model is added with its own form. */
  readonly configurateMethods: readonly ('predefined-model' | 'customizable-model')[]
  readonly credentialFields: readonly CredentialField[]
  readonly modelCredentialFields: readonly CredentialField[]
  readonly models: readonly CatalogModel[]
  /** Needs no credentials (the demo provider, a local server at its usual address). */
  readonly isKeyless?: boolean
  /** What a custom model looks like, given its credentials. */
  describeCustomModel?(model: string, type: ModelType, credentials: Credentials): CatalogModel
  createClient(credentials: Credentials, dependencies: ProviderDependencies): ProviderClient
}
