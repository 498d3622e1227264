import type { CatalogModel, ModelFeature } from '@trellis/spec'
import { dollarsPerHour } from '../catalog/cost.ts'
import type { ParameterRuleInput } from '../catalog/parameter-templates.ts'
import {
  chatModel,
  effortRule,
  penaltyRules,
  plainModel,
  samplingRules,
  schemaRules,
  TOOLS,
  usd,
} from '../openai-compatible/catalog-rows.ts'

const SEEING: readonly ModelFeature[] = [...TOOLS, 'agent-thought', 'vision', 'document', 'structured-output']

const verbosityRule: ParameterRuleInput = {
  name: 'verbosity',
  label: { en_US: 'Verbosity', zh_Hans: '详细程度' },
  help: { en_US: 'How much the model says.', zh_Hans: '回答的详细程度。' },
  type: 'string',
  options: ['low', 'medium', 'high'],
}

const samplingModel: readonly ParameterRuleInput[] = [...samplingRules, ...penaltyRules, ...schemaRules]
const reasoningModel = (...efforts: readonly string[]): readonly ParameterRuleInput[] => [
  effortRule(...efforts),
  verbosityRule,
  ...schemaRules,
]

const GPT_5_EFFORTS = ['minimal', 'low', 'medium', 'high']
const LATER_EFFORTS = ['none', 'low', 'medium', 'high', 'xhigh']
const VOICES = ['alloy', 'ash', 'coral', 'echo', 'fable', 'nova', 'onyx', 'sage', 'shimmer']

/** Models that answer on `/chat/completions`; those of the responses interface alone (`-pro`, `-codex`) are not among them. */
export const openaiModels: readonly CatalogModel[] = [
  chatModel('gpt-5.6', {
    context: 1_050_000,
    output: 128_000,
    features: SEEING,
    price: usd(5, 30),
    rules: reasoningModel(...LATER_EFFORTS, 'max'),
  }),
  chatModel('gpt-5.6-terra', {
    context: 1_050_000,
    output: 128_000,
    features: SEEING,
    price: usd(2, 12),
    rules: reasoningModel(...LATER_EFFORTS, 'max'),
  }),
  chatModel('gpt-5.6-luna', {
    context: 1_050_000,
    output: 128_000,
    features: SEEING,
    price: usd(0.2, 1.2),
    rules: reasoningModel(...LATER_EFFORTS, 'max'),
  }),
  chatModel('gpt-5.5', {
    context: 1_050_000,
    output: 128_000,
    features: SEEING,
    price: usd(5, 30),
    rules: reasoningModel(...LATER_EFFORTS),
  }),
  chatModel('gpt-5.4', {
    context: 1_050_000,
    output: 128_000,
    features: SEEING,
    price: usd(2.5, 15),
    rules: reasoningModel(...LATER_EFFORTS),
  }),
  chatModel('gpt-5.4-mini', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(0.75, 4.5),
    rules: reasoningModel(...LATER_EFFORTS),
  }),
  chatModel('gpt-5.4-nano', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(0.2, 1.25),
    rules: reasoningModel(...LATER_EFFORTS),
  }),
  chatModel('gpt-5.2', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(1.75, 14, 0.175),
    rules: reasoningModel(...LATER_EFFORTS),
  }),
  chatModel('gpt-5.1', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(1.25, 10, 0.125),
    rules: reasoningModel('none', 'low', 'medium', 'high'),
  }),
  chatModel('gpt-5', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(1.25, 10, 0.125),
    rules: reasoningModel(...GPT_5_EFFORTS),
  }),
  chatModel('gpt-5-mini', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(0.25, 2, 0.025),
    rules: reasoningModel(...GPT_5_EFFORTS),
  }),
  chatModel('gpt-5-nano', {
    context: 400_000,
    output: 128_000,
    features: SEEING,
    price: usd(0.05, 0.4, 0.005),
    rules: reasoningModel(...GPT_5_EFFORTS),
  }),
  chatModel('gpt-4.1', { context: 1_047_576, output: 32_768, features: SEEING, price: usd(2, 8, 0.5), rules: samplingModel }),
  chatModel('gpt-4.1-mini', { context: 1_047_576, output: 32_768, features: SEEING, price: usd(0.4, 1.6, 0.1), rules: samplingModel }),
  chatModel('gpt-4.1-nano', { context: 1_047_576, output: 32_768, features: SEEING, price: usd(0.1, 0.4, 0.025), rules: samplingModel }),
  chatModel('gpt-4o', { context: 128_000, output: 16_384, features: SEEING, price: usd(2.5, 10, 1.25), rules: samplingModel }),
  chatModel('gpt-4o-mini', { context: 128_000, output: 16_384, features: SEEING, price: usd(0.15, 0.6, 0.075), rules: samplingModel }),
  chatModel('o3', {
    context: 200_000,
    output: 100_000,
    features: SEEING,
    price: usd(2, 8, 0.5),
    rules: [effortRule('low', 'medium', 'high'), ...schemaRules],
  }),
  chatModel('o4-mini', {
    context: 200_000,
    output: 100_000,
    features: SEEING,
    price: usd(1.1, 4.4, 0.275),
    rules: [effortRule('low', 'medium', 'high'), ...schemaRules],
  }),
  // Of earlier years; app files of then still name them.
  chatModel('gpt-4-turbo', {
    context: 128_000,
    output: 4_096,
    features: [...TOOLS, 'vision'],
    price: usd(10, 30),
    rules: [...samplingRules, ...penaltyRules],
    isDeprecated: true,
  }),
  chatModel('gpt-4', { context: 8_192, output: 8_192, price: usd(30, 60), rules: [...samplingRules, ...penaltyRules], isDeprecated: true }),
  chatModel('gpt-3.5-turbo', {
    context: 16_385,
    output: 4_096,
    price: usd(0.5, 1.5),
    rules: [...samplingRules, ...penaltyRules],
    isDeprecated: true,
  }),
  plainModel('text-embedding-3-small', 'text-embedding', { context: 8_191, price: usd(0.02, 0) }),
  plainModel('text-embedding-3-large', 'text-embedding', { context: 8_191, price: usd(0.13, 0) }),
  plainModel('text-embedding-ada-002', 'text-embedding', { context: 8_191, price: usd(0.1, 0) }),
  // Of sound and of what is written; words to prompt with, which would cost less, are not sent.
  plainModel('gpt-4o-transcribe', 'speech2text', { context: 16_000, price: usd(6, 10) }),
  plainModel('gpt-4o-mini-transcribe', 'speech2text', { context: 16_000, price: usd(3, 5) }),
  plainModel('whisper-1', 'speech2text', { price: dollarsPerHour(0.36) }),
  plainModel('gpt-4o-mini-tts', 'tts', { voices: VOICES }),
  plainModel('tts-1', 'tts', { voices: VOICES }),
  plainModel('tts-1-hd', 'tts', { voices: VOICES }),
  plainModel('omni-moderation-latest', 'moderation'),
]
