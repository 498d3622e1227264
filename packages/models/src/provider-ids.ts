import type { ProviderDefinition } from '@trellis/spec'

/** Providers whose plugin bears another name than they do, and our own that never was one of Dify's. */
const wireIdExceptions: Readonly<Record<string, string>> = {
  google: 'langgenius/gemini/google',
  demo: 'trellis/demo/demo',
}

/** `openai` to `langgenius/openai/openai`; an id that has its organisation already stays as it is. */
export function toWireProviderId(id: string): string {
  if (id.includes('/')) return id
  return Object.hasOwn(wireIdExceptions, id) ? (wireIdExceptions[id] ?? id) : `langgenius/${id}/${id}`
}

/**
 * The bare name of a provider of ours, from its bare name or from `organization/plugin/provider`. A provider of anyone
 * else's keeps its full name, so that `acme/openai/openai` is never taken for ours.
 */
export function toProviderId(anyId: string): string {
  const id = anyId.trim()
  const provider = id.split('/').at(-1) ?? id
  return id === toWireProviderId(provider) || id === `langgenius/${provider}/${provider}` ? provider : id
}

export function findProviderIn(providers: readonly ProviderDefinition[], anyId: string): ProviderDefinition | undefined {
  const id = toProviderId(anyId)
  return providers.find((provider) => provider.id === id)
}
