import type {
  CredentialFieldWire,
  consoleModelRoutes,
  ModelProvider,
  ParameterRuleWire,
  ProviderModel,
  ProviderWithModels,
  ResponseOf,
  wire,
} from '@trellis/contracts'

export type ModelType = wire.ModelType
export type CredentialField = CredentialFieldWire
export type Provider = ModelProvider
export type CustomModel = Pick<
  ModelProvider['custom_configuration']['custom_models'][number],
  'model' | 'model_type' | 'current_credential_id' | 'available_model_credentials'
>
export type ProviderKey = ModelProvider['custom_configuration']['available_credentials'][number]
export type ModelEntry = ProviderModel
export type ProviderModels = ProviderWithModels
export type ParameterRule = ParameterRuleWire
export type DefaultModel = NonNullable<ResponseOf<typeof consoleModelRoutes.getDefaultModel>['data']>
export type LocalizedText = ModelProvider['label']
/** What a form is filled in with; every control gives text. */
export type Credentials = Readonly<Record<string, string>>
