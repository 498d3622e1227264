import { AppError } from '@trellis/contracts'
import { findProvider } from '@trellis/models'
import type { ModelType, ProviderDefinition } from '@trellis/spec'

/** By any of its names. @throws AppError `not_found` */
export function getProvider(id: string): ProviderDefinition {
  const provider = findProvider(id)
  if (!provider) throw new AppError('not_found', { message: `There is no model provider ${id}.` })
  return provider
}

export interface ModelName {
  /** Any of the provider's names. */
  readonly provider: string
  readonly model: string
  readonly type: ModelType
}

/** From the route's path and its body or query. */
export const toModelName = (
  { provider }: { readonly provider: string },
  { model, model_type: type }: { readonly model: string; readonly model_type: ModelType },
): ModelName => ({ provider, model, type })
