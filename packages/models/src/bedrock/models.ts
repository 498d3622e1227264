import type { CatalogModel, ModelFeature } from '@trellis/spec'
import { chatModel, plainModel, samplingRules, TOOLS, usd } from '../openai-compatible/catalog-rows.ts'

const [temperature, topP] = samplingRules
const sampling = temperature && topP ? [{ ...temperature, max: 1 }, topP] : []
const seeing: readonly ModelFeature[] = [...TOOLS, 'vision', 'document']
const claude: readonly ModelFeature[] = [...seeing, 'structured-output']

/** Models that are called in every region, by their profiles that span regions; the newest of Claude's take no sampling parameters. */
export const bedrockModels: readonly CatalogModel[] = [
  chatModel('global.anthropic.claude-opus-5-5', {
    label: 'Claude Opus 5.5',
    context: 1_000_000,
    output: 128_000,
    features: claude,
    price: usd(4, 20, 0.2),
    rules: [],
  }),
  chatModel('global.anthropic.claude-sonnet-5-5', {
    label: 'Claude Sonnet 5.5',
    context: 1_000_000,
    output: 128_000,
    features: claude,
    price: usd(2, 10, 0.1),
    rules: [],
  }),
  chatModel('global.anthropic.claude-haiku-5-5', {
    label: 'Claude Haiku 5.5',
    context: 1_000_000,
    output: 128_000,
    features: claude,
    price: usd(0.1, 0.5, 0.01),
    rules: [],
  }),
  chatModel('global.anthropic.claude-sonnet-4-6', {
    label: 'Claude Sonnet 4.6',
    context: 1_000_000,
    output: 64_000,
    features: claude,
    price: usd(3, 15, 0.3),
    rules: sampling,
  }),
  chatModel('global.anthropic.claude-haiku-4-5-20251001-v1:0', {
    label: 'Claude Haiku 4.5',
    context: 200_000,
    output: 64_000,
    features: claude,
    price: usd(1, 5, 0.1),
    rules: sampling,
  }),
  chatModel('global.amazon.nova-2-lite-v1:0', {
    label: 'Nova 2 Lite',
    context: 1_000_000,
    output: 64_000,
    features: seeing,
    price: usd(0.3, 2.5, 0.075),
    rules: sampling,
  }),
  chatModel('amazon.nova-pro-v1:0', {
    label: 'Nova Pro',
    context: 300_000,
    output: 10_000,
    features: seeing,
    price: usd(0.8, 3.2, 0.2),
    rules: sampling,
  }),
  chatModel('amazon.nova-lite-v1:0', {
    label: 'Nova Lite',
    context: 300_000,
    output: 10_000,
    features: seeing,
    price: usd(0.06, 0.24, 0.015),
    rules: sampling,
  }),
  chatModel('openai.gpt-oss-120b-1:0', { label: 'gpt-oss 120B', context: 128_000, output: 16_384, price: usd(0.15, 0.6), rules: sampling }),
  chatModel('qwen.qwen3-235b-a22b-2507-v1:0', {
    label: 'Qwen3 235B A22B',
    context: 262_144,
    output: 8_192,
    price: usd(0.22, 0.88),
    rules: sampling,
  }),
  plainModel('amazon.titan-embed-text-v2:0', 'text-embedding', { context: 8_192, price: usd(0.02, 0) }),
  plainModel('cohere.embed-v4:0', 'text-embedding', { context: 128_000, price: usd(0.12, 0) }),
  plainModel('cohere.embed-multilingual-v3', 'text-embedding', { context: 512, price: usd(0.1, 0) }),
  // Reranking is paid by the search, not by the token: it has no price here.
  plainModel('amazon.rerank-v1:0', 'rerank', { context: 32_000 }),
  plainModel('cohere.rerank-v3-5:0', 'rerank', { context: 4_096 }),
]
