import type { CatalogModel, ModelFeature } from '@trellis/spec'
import { chatModel, jsonRule, penaltyRules, plainModel, samplingRules, TOOLS, usd } from '../openai-compatible/catalog-rows.ts'

const [temperature, topP] = samplingRules
const rules = [
  ...(temperature && topP ? [{ ...temperature, max: 1 }, topP] : []),
  ...penaltyRules.map((rule) => ({ ...rule, min: 0, max: 1 })),
  jsonRule,
]
const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']

/** Reranking is paid by the search, not by the token: it has no price here. */
export const cohereModels: readonly CatalogModel[] = [
  chatModel('command-a-plus-05-2026', { context: 128_000, output: 64_000, features: [...thinking, 'vision'], rules }),
  chatModel('command-a-03-2025', { context: 256_000, output: 8_000, price: usd(2.5, 10), rules }),
  chatModel('command-a-reasoning-08-2025', { context: 256_000, output: 32_000, features: thinking, rules }),
  chatModel('command-a-vision-07-2025', { context: 128_000, output: 8_000, features: ['vision'], rules }),
  chatModel('command-r-plus-08-2024', { context: 128_000, output: 4_000, price: usd(2.5, 10), rules }),
  chatModel('command-r-08-2024', { context: 128_000, output: 4_000, price: usd(0.15, 0.6), rules }),
  chatModel('command-r7b-12-2024', { context: 128_000, output: 4_000, price: usd(0.0375, 0.15), rules }),
  plainModel('embed-v5.0-pro', 'text-embedding', { context: 128_000, price: usd(0.12, 0) }),
  plainModel('embed-v5.0-fast', 'text-embedding', { context: 128_000, price: usd(0.08, 0) }),
  plainModel('embed-v4.0', 'text-embedding', { context: 128_000, price: usd(0.12, 0) }),
  plainModel('embed-multilingual-v3.0', 'text-embedding', { context: 512, price: usd(0.1, 0) }),
  plainModel('embed-english-v3.0', 'text-embedding', { context: 512, price: usd(0.1, 0) }),
  plainModel('rerank-v4.0-pro', 'rerank', { context: 32_768 }),
  plainModel('rerank-v4.0-fast', 'rerank', { context: 32_768 }),
  plainModel('rerank-v3.5', 'rerank', { context: 4_096 }),
]
