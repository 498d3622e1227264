import type { CatalogModel, ModelFeature, ModelPricing } from '@trellis/spec'
import { dollarsPerMillion } from '../catalog/cost.ts'
import type { ParameterRuleInput } from '../catalog/parameter-templates.ts'
import { expandParameterRules } from '../catalog/parameters.ts'

interface GeminiFacts {
  readonly model: string
  readonly label: string
  readonly pricing: ModelPricing
  /** The third generation takes a level, the second a number of tokens. */
  readonly thinking: { readonly levels: readonly string[] } | { readonly minBudget: number; readonly maxBudget: number }
}

const CONTEXT_SIZE = 1_048_576
const MAX_OUTPUT_TOKENS = 65_536
const LEVELS = ['low', 'medium', 'high']
const features: readonly ModelFeature[] = [
  'agent-thought',
  'tool-call',
  'multi-tool-call',
  'vision',
  'document',
  'video',
  'audio',
  'structured-output',
]

/** From the provider's price list, November 2026; audio input, where it is dearer, is not told apart. */
const facts: readonly GeminiFacts[] = [
  {
    model: 'gemini-3.8-flash',
    label: 'Gemini 3.8 Flash',
    // An introductory price: from January 2027 it is that of 3.7 Flash.
    pricing: dollarsPerMillion({ input: 0.75, output: 3.75, cachedInput: 0.075 }),
    thinking: { levels: LEVELS },
  },
  {
    model: 'gemini-3.7-flash',
    label: 'Gemini 3.7 Flash',
    pricing: dollarsPerMillion({ input: 1.5, output: 7.5, cachedInput: 0.15 }),
    thinking: { levels: LEVELS },
  },
  {
    model: 'gemini-3.5-flash',
    label: 'Gemini 3.5 Flash',
    pricing: dollarsPerMillion({ input: 1.5, output: 9, cachedInput: 0.15 }),
    thinking: { levels: LEVELS },
  },
  {
    model: 'gemini-3.1-pro-preview',
    label: 'Gemini 3.1 Pro (preview)',
    pricing: dollarsPerMillion({
      input: 2,
      output: 12,
      cachedInput: 0.2,
      longPrompt: { above: 200_000, input: 4, output: 18, cachedInput: 0.4 },
    }),
    thinking: { levels: LEVELS },
  },
  {
    model: 'gemini-3.1-flash-lite',
    label: 'Gemini 3.1 Flash-Lite',
    pricing: dollarsPerMillion({ input: 0.25, output: 1.5, cachedInput: 0.025 }),
    thinking: { levels: LEVELS },
  },
  {
    model: 'gemini-2.5-pro',
    label: 'Gemini 2.5 Pro',
    pricing: dollarsPerMillion({
      input: 1.25,
      output: 10,
      cachedInput: 0.125,
      longPrompt: { above: 200_000, input: 2.5, output: 15, cachedInput: 0.25 },
    }),
    thinking: { minBudget: 128, maxBudget: 32_768 },
  },
  {
    model: 'gemini-2.5-flash',
    label: 'Gemini 2.5 Flash',
    pricing: dollarsPerMillion({ input: 0.3, output: 2.5, cachedInput: 0.03 }),
    thinking: { minBudget: 0, maxBudget: 24_576 },
  },
  {
    model: 'gemini-2.5-flash-lite',
    label: 'Gemini 2.5 Flash-Lite',
    pricing: dollarsPerMillion({ input: 0.1, output: 0.4, cachedInput: 0.01 }),
    thinking: { minBudget: 0, maxBudget: 24_576 },
  },
]

const languageModels: readonly CatalogModel[] = facts.map((each) => ({
  model: each.model,
  label: { en_US: each.label },
  type: 'llm',
  features,
  mode: 'chat',
  contextSize: CONTEXT_SIZE,
  maxOutputTokens: MAX_OUTPUT_TOKENS,
  parameterRules: expandParameterRules(rulesOf(each)),
  pricing: each.pricing,
}))

const embeddingModels: readonly CatalogModel[] = [
  {
    model: 'gemini-embedding-2',
    label: { en_US: 'Gemini Embedding 2' },
    type: 'text-embedding',
    features: [],
    contextSize: 8_192,
    parameterRules: [],
    pricing: dollarsPerMillion({ input: 0.2, output: 0 }),
  },
  {
    model: 'gemini-embedding-001',
    label: { en_US: 'Gemini Embedding 001' },
    type: 'text-embedding',
    features: [],
    contextSize: 2_048,
    parameterRules: [],
    pricing: dollarsPerMillion({ input: 0.15, output: 0 }),
    isDeprecated: true,
  },
]

export const googleModels: readonly CatalogModel[] = [...languageModels, ...embeddingModels]

function rulesOf(each: GeminiFacts): readonly ParameterRuleInput[] {
  return [
    { name: 'temperature', use_template: 'temperature', default: 1, max: 2 },
    { name: 'top_p', use_template: 'top_p', default: 0.95 },
    { name: 'top_k', use_template: 'top_k', default: 64 },
    { name: 'max_output_tokens', use_template: 'max_tokens', default: 8_192, max: MAX_OUTPUT_TOKENS },
    {
      name: 'include_thoughts',
      label: { en_US: 'Show thoughts', zh_Hans: '显示思考' },
      help: { en_US: 'Sends a summary of what the model thought before it answered.', zh_Hans: '返回模型作答之前思考的摘要。' },
      type: 'boolean',
      default: false,
    },
    'levels' in each.thinking
      ? {
          name: 'thinking_level',
          label: { en_US: 'Thinking level', zh_Hans: '思考程度' },
          help: {
            en_US: 'How much the model thinks before it answers. Thinking is billed as output.',
            zh_Hans: '模型作答之前思考的程度。思考按输出计费。',
          },
          type: 'string',
          options: each.thinking.levels,
        }
      : {
          name: 'thinking_budget',
          label: { en_US: 'Thinking budget', zh_Hans: '思考预算' },
          help: {
            en_US: 'The most tokens that go into thinking. Thinking is billed as output.',
            zh_Hans: '用于思考的最大 token 数。思考按输出计费。',
          },
          type: 'int',
          min: each.thinking.minBudget,
          max: each.thinking.maxBudget,
          precision: 0,
        },
  ]
}
