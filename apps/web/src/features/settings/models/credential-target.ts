import type { CredentialField, Credentials, CustomModel, ModelType, Provider } from '../../../api/types/models.ts'

/** What a form of credentials is for: the provider's whole catalogue, a model that is to be added, or one that was. */
export type CredentialTarget =
  /** The key of that id; null: a new one. */
  | { readonly kind: 'provider'; readonly credentialId: string | null }
  | { readonly kind: 'new-model' }
  | { readonly kind: 'model'; readonly model: CustomModel }

export interface NamedModel {
  readonly name: string
  readonly type: ModelType
}

export const fieldsFor = (provider: Provider, { kind }: CredentialTarget): readonly CredentialField[] =>
  (kind === 'provider' ? provider.provider_credential_schema : provider.model_credential_schema)?.credential_form_schemas ?? []

/** What the stored credentials are called, where there are any. */
export function storedId(target: CredentialTarget): string | null {
  if (target.kind === 'model') return target.model.current_credential_id
  return target.kind === 'provider' ? target.credentialId : null
}

/** One key alone needs no name. */
export function hasKeyName({ custom_configuration: { available_credentials: keys } }: Provider, target: CredentialTarget): boolean {
  return target.kind === 'provider' && keys.length > (target.credentialId === null ? 0 : 1)
}

export function startingKeyName({ custom_configuration: { available_credentials: keys } }: Provider, target: CredentialTarget): string {
  const id = storedId(target)
  return (target.kind === 'provider' && keys.find((key) => key.credential_id === id)?.credential_name) || ''
}

export function startingModel(provider: Provider, target: CredentialTarget): NamedModel {
  if (target.kind === 'model') return { name: target.model.model, type: target.model.model_type }
  return { name: '', type: provider.supported_model_types[0] ?? 'llm' }
}

/** The values on which a form's fields may depend: what was filled in, and for models their kind. */
export const withContext = (values: Credentials, { kind }: CredentialTarget, { type }: NamedModel): Credentials =>
  kind === 'provider' ? values : { ...values, __model_type: type }
