import type { KeyOwner } from '../../../api/models-api.ts'
import type { CustomModel, Provider, ProviderKey } from '../../../api/types/models.ts'

/** Keys, and whose they are. */
export interface OwnedKeys {
  readonly owner: KeyOwner
  /** Oldest first. */
  readonly keys: readonly ProviderKey[]
  /** Of the one that is used. */
  readonly currentId: string | null
}

/** As much of a provider as tells its keys, and those of its models. */
export interface KeysOfProvider {
  readonly provider: string
  readonly custom_configuration: Pick<Provider['custom_configuration'], 'available_credentials' | 'current_credential_id'> & {
    readonly custom_models: readonly CustomModel[]
  }
}

export const keysOfProvider = ({ provider, custom_configuration: configuration }: KeysOfProvider): OwnedKeys => ({
  owner: { provider },
  keys: configuration.available_credentials,
  currentId: configuration.current_credential_id,
})

export const keysOfModel = (
  { provider }: KeysOfProvider,
  { model, model_type, available_model_credentials, current_credential_id }: CustomModel,
): OwnedKeys => ({
  owner: { provider, model: { model, model_type } },
  keys: available_model_credentials,
  currentId: current_credential_id,
})
