import type { ModelType } from '@trellis/spec'
import type { Flag, Milliseconds } from './columns.ts'

export interface ProviderCredentialsTable {
  id: string
  tenant_id: string
  provider: string
  name: string
  /** Credentials as JSON, sealed under the workspace's key. */
  sealed: string
  is_active: Flag
  /** Takes calls beside those that are active. */
  shares_load: Flag
  created_at: Milliseconds
  updated_at: Milliseconds
}

/** Keys of the models that a workspace added to a provider: a model is there while it has one. */
export interface ProviderModelsTable {
  id: string
  tenant_id: string
  provider: string
  model: string
  model_type: ModelType
  credential_name: string
  sealed: string
  is_active: Flag
  /** Takes calls beside the one that is active. */
  shares_load: Flag
  created_at: Milliseconds
  updated_at: Milliseconds
}

export interface ProviderModelSettingsTable {
  tenant_id: string
  provider: string
  model: string
  model_type: ModelType
  is_enabled: Flag
  updated_at: Milliseconds
}

export interface DefaultModelsTable {
  tenant_id: string
  model_type: ModelType
  provider: string
  model: string
  updated_at: Milliseconds
}
