import type { CatalogModel, ModelFeature, ModelPricing } from '@trellis/spec'
import { dollarsPerMillion } from '../catalog/cost.ts'
import type { ParameterRuleInput } from '../catalog/parameter-templates.ts'
import { expandParameterRules } from '../catalog/parameters.ts'

/**
 * How a model thinks: `budget` when told to, up to a number of tokens; `adaptive` when told to, as much as it sees fit;
 * `always` without being told.
 */
export type AnthropicThinking = 'budget' | 'adaptive' | 'always'

interface AnthropicModelFacts {
  readonly model: string
  readonly label: string
  readonly contextSize: number
  readonly maxOutputTokens: number
  readonly pricing: ModelPricing
  readonly thinking: AnthropicThinking
  /** Temperature, top_p and top_k are refused by the newest models. */
  readonly hasSampling?: true
  readonly efforts?: readonly string[]
  readonly isDeprecated?: true
}

const ALL_EFFORTS = ['low', 'medium', 'high', 'xhigh', 'max']
const features: readonly ModelFeature[] = [
  'agent-thought',
  'tool-call',
  'multi-tool-call',
  'stream-tool-call',
  'vision',
  'document',
  'structured-output',
]

/** Reading from the cache costs a tenth, with every model. */
function price(input: number, output: number): ModelPricing {
  return dollarsPerMillion({ input, output, cachedInput: input / 10 })
}

/** From the provider's model pages, November 2026. */
const facts: readonly AnthropicModelFacts[] = [
  {
    model: 'claude-opus-5-5',
    label: 'Claude Opus 5.5',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(4, 20),
    thinking: 'always',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-sonnet-5-5',
    label: 'Claude Sonnet 5.5',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(2, 10),
    thinking: 'always',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-haiku-5-5',
    label: 'Claude Haiku 5.5',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: dollarsPerMillion({
      input: 0.1,
      output: 0.5,
      cachedInput: 0.01,
      longPrompt: { above: 100_000, input: 0.5, output: 2.5, cachedInput: 0.05 },
    }),
    thinking: 'adaptive',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-fable-5-1',
    label: 'Claude Fable 5.1',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(10, 50),
    thinking: 'always',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-opus-5',
    label: 'Claude Opus 5',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(5, 25),
    thinking: 'adaptive',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-sonnet-5',
    label: 'Claude Sonnet 5',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(2, 10),
    thinking: 'adaptive',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-opus-4-8',
    label: 'Claude Opus 4.8',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(5, 25),
    thinking: 'adaptive',
    efforts: ALL_EFFORTS,
  },
  {
    model: 'claude-opus-4-6',
    label: 'Claude Opus 4.6',
    contextSize: 1_000_000,
    maxOutputTokens: 128_000,
    pricing: price(5, 25),
    thinking: 'adaptive',
    hasSampling: true,
    efforts: ['low', 'medium', 'high', 'max'],
  },
  {
    model: 'claude-sonnet-4-6',
    label: 'Claude Sonnet 4.6',
    contextSize: 1_000_000,
    maxOutputTokens: 64_000,
    pricing: price(3, 15),
    thinking: 'adaptive',
    hasSampling: true,
    efforts: ['low', 'medium', 'high', 'max'],
  },
  {
    model: 'claude-opus-4-5',
    label: 'Claude Opus 4.5',
    contextSize: 200_000,
    maxOutputTokens: 64_000,
    pricing: price(5, 25),
    thinking: 'budget',
    hasSampling: true,
    isDeprecated: true,
  },
  {
    model: 'claude-haiku-4-5',
    label: 'Claude Haiku 4.5',
    contextSize: 200_000,
    maxOutputTokens: 64_000,
    pricing: price(1, 5),
    thinking: 'budget',
    hasSampling: true,
  },
]

export function thinkingOf(model: string): AnthropicThinking {
  const known = facts.find((each) => model === each.model || model.startsWith(`${each.model}-20`))
  return known?.thinking ?? (/claude-(?:3|sonnet-4-5|opus-4-[015]|haiku-4)/.test(model) ? 'budget' : 'adaptive')
}

export const anthropicModels: readonly CatalogModel[] = facts.map((each) => ({
  model: each.model,
  label: { en_US: each.label },
  type: 'llm',
  features,
  mode: 'chat',
  contextSize: each.contextSize,
  maxOutputTokens: each.maxOutputTokens,
  parameterRules: expandParameterRules(rulesOf(each)),
  pricing: each.pricing,
  ...(each.isDeprecated ? { isDeprecated: true } : {}),
}))

function rulesOf(each: AnthropicModelFacts): readonly ParameterRuleInput[] {
  const sampling: readonly ParameterRuleInput[] = each.hasSampling
    ? [
        { name: 'temperature', use_template: 'temperature', default: 1 },
        { name: 'top_p', use_template: 'top_p' },
        { name: 'top_k', use_template: 'top_k', max: 500 },
      ]
    : []
  return [
    {
      name: 'max_tokens',
      use_template: 'max_tokens',
      required: true,
      default: Math.min(8_192, each.maxOutputTokens),
      max: each.maxOutputTokens,
    },
    ...sampling,
    ...thinkingRulesOf(each),
    ...(each.efforts === undefined
      ? []
      : [
          {
            name: 'effort',
            label: { en_US: 'Effort', zh_Hans: '努力程度' },
            help: { en_US: 'How much the model thinks and writes before it is content.', zh_Hans: '模型在满意之前思考和书写的程度。' },
            type: 'string',
            options: each.efforts,
          } as const,
        ]),
  ]
}

function thinkingRulesOf(each: AnthropicModelFacts): readonly ParameterRuleInput[] {
  if (each.thinking === 'always') return []
  const thinking: ParameterRuleInput = {
    name: 'thinking',
    label: { en_US: 'Thinking', zh_Hans: '思考' },
    help: {
      en_US: 'Lets the model think before it answers. Thinking is billed as output.',
      zh_Hans: '让模型先思考再回答。思考按输出计费。',
    },
    type: 'boolean',
    default: false,
  }
  if (each.thinking === 'adaptive') return [thinking]
  return [
    thinking,
    {
      name: 'thinking_budget',
      label: { en_US: 'Thinking budget', zh_Hans: '思考预算' },
      help: { en_US: 'The most tokens that go into thinking.', zh_Hans: '用于思考的最大 token 数。' },
      type: 'int',
      default: 4_096,
      min: 1_024,
      max: each.maxOutputTokens - 1_024,
      precision: 0,
    },
  ]
}
