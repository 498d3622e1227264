import type { Provider } from '../../../api/types/models.ts'

/** Whether the provider's catalogue opens with one key. */
export function needsKey(provider: Provider): boolean {
  return (
    provider.configurate_methods.includes('predefined-model') &&
    (provider.provider_credential_schema?.credential_form_schemas.length ?? 0) > 0
  )
}

/** Whether models of one's own may be added to it. */
export function takesModels(provider: Provider): boolean {
  return provider.configurate_methods.includes('customizable-model') && Boolean(provider.model_credential_schema)
}

/** Whether some of its models can be used now. */
export function isReady(provider: Provider): boolean {
  return provider.custom_configuration.status === 'active' || provider.system_configuration.enabled
}

export function hasRestingKey({ custom_configuration: { available_credentials, custom_models } }: Provider): boolean {
  const keys = [...available_credentials, ...custom_models.flatMap((model) => model.available_model_credentials)]
  return keys.some((key) => key.resting !== null)
}
