import type { CredentialField, Credentials, CustomModel, ModelType, Provider } from '../../../api/types/models.ts'
import { type KeysOfProvider, keysOfModel, keysOfProvider, type OwnedKeys } from './owned-keys.ts'

/** What a form of credentials is for: the provider's whole catalogue, a model that is to be added, or one that was. Without an id the key is a new one. */
export type CredentialTarget =
  | { readonly kind: 'provider'; readonly credentialId: string | null }
  | { readonly kind: 'new-model' }
  | { readonly kind: 'model'; readonly model: CustomModel; readonly credentialId: string | null }

export interface NamedModel {
  readonly name: string
  readonly type: ModelType
}

export const fieldsFor = (provider: Provider, { kind }: CredentialTarget): readonly CredentialField[] =>
  (kind === 'provider' ? provider.provider_credential_schema : provider.model_credential_schema)?.credential_form_schemas ?? []

/** Of the key that is changed; null where one is added. */
export const storedId = (target: CredentialTarget): string | null => (target.kind === 'new-model' ? null : target.credentialId)

/** The keys beside which the form's own stands; undefined: the model is not there yet. */
export function keysBeside(provider: KeysOfProvider, target: CredentialTarget): OwnedKeys | undefined {
  if (target.kind === 'provider') return keysOfProvider(provider)
  return target.kind === 'model' ? keysOfModel(provider, target.model) : undefined
}

/** One key alone needs no name. */
export function hasKeyName(provider: KeysOfProvider, target: CredentialTarget): boolean {
  return (keysBeside(provider, target)?.keys.length ?? 0) > (storedId(target) === null ? 0 : 1)
}

export const startingKeyName = (provider: KeysOfProvider, target: CredentialTarget): string =>
  keysBeside(provider, target)?.keys.find((key) => key.credential_id === storedId(target))?.credential_name ?? ''

/** A model of that name and kind that was added before: what is filled in becomes another key of it. */
export const sameModel = (
  { custom_configuration: { custom_models } }: KeysOfProvider,
  { name, type }: NamedModel,
): CustomModel | undefined => custom_models.find(({ model, model_type }) => model === name.trim() && model_type === type)

export function startingModel(provider: Provider, target: CredentialTarget): NamedModel {
  if (target.kind === 'model') return { name: target.model.model, type: target.model.model_type }
  return { name: '', type: provider.supported_model_types[0] ?? 'llm' }
}

/** The values on which a form's fields may depend: what was filled in, and for models their kind. */
export const withContext = (values: Credentials, { kind }: CredentialTarget, { type }: NamedModel): Credentials =>
  kind === 'provider' ? values : { ...values, __model_type: type }
