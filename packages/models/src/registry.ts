import type { ProviderDefinition } from '@trellis/spec'
import { anthropicProvider } from './anthropic/index.ts'
import { azureOpenaiProvider } from './azure-openai/index.ts'
import { bedrockProvider } from './bedrock/index.ts'
import { withPriceFields } from './catalog/given-price.ts'
import { cohereProvider } from './cohere/index.ts'
import { demoProvider } from './demo/index.ts'
import { googleProvider } from './google/index.ts'
import { openaiProvider } from './openai/index.ts'
import { openaiCompatibleProviders } from './openai-compatible/index.ts'
import { replicateProvider } from './replicate/index.ts'

/** Every provider, one line each, in the order in which they are offered. The SDKs behind them load with the first call. */
const all: readonly ProviderDefinition[] = [
  openaiProvider,
  anthropicProvider,
  googleProvider,
  azureOpenaiProvider,
  bedrockProvider,
  cohereProvider,
  ...openaiCompatibleProviders,
  replicateProvider,
  demoProvider,
]

export const providers: readonly ProviderDefinition[] = all.map(withPriceFields)
