import type { CatalogModel, Credentials, ModelType, ProviderDefinition } from '@trellis/spec'
import { readGivenPrice } from './catalog/given-price.ts'
import { findProviderIn } from './provider-ids.ts'
import { providers } from './registry.ts'

export { type CallCost, costOf } from './catalog/cost.ts'
export { estimateTokens } from './catalog/estimate-tokens.ts'
export { findMissingPrice } from './catalog/given-price.ts'
export { expandParameterRules, validateParameters } from './catalog/parameters.ts'
export { DEMO_CHAT_MODEL, DEMO_EMBEDDING_MODEL, DEMO_RERANK_MODEL, demoProvider } from './demo/index.ts'
export { toProviderId, toWireProviderId } from './provider-ids.ts'
export { providers } from './registry.ts'

/** By `openai`, `langgenius/openai/openai`, or the full id of a provider that is not of Dify's. */
export function findProvider(id: string): ProviderDefinition | undefined {
  return findProviderIn(providers, id)
}

/** A model of a provider: from its catalogue, or as the provider describes one that was added by hand. */
export function findModel(
  provider: ProviderDefinition,
  wanted: { readonly model: string; readonly type: ModelType; readonly credentials?: Credentials },
): CatalogModel | undefined {
  const { credentials = {} } = wanted
  const listed = provider.models.find((entry) => entry.model === wanted.model && entry.type === wanted.type)
  const entry = listed ?? provider.describeCustomModel?.(wanted.model, wanted.type, credentials)
  const pricing = readGivenPrice(wanted.type, credentials)
  return entry && pricing ? { ...entry, pricing } : entry
}
