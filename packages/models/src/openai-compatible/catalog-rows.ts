import type { CatalogModel, ModelFeature, ModelPricing, ParameterRule } from '@trellis/spec'
import { dollarsPerMillion } from '../catalog/cost.ts'
import type { ParameterRuleInput } from '../catalog/parameter-templates.ts'
import { expandParameterRules } from '../catalog/parameters.ts'

/** Models that call tools do so in parallel and while streaming on this wire. */
export const TOOLS: readonly ModelFeature[] = ['tool-call', 'multi-tool-call', 'stream-tool-call']

export const samplingRules: readonly ParameterRuleInput[] = [
  { name: 'temperature', use_template: 'temperature', max: 2 },
  { name: 'top_p', use_template: 'top_p' },
]

export const penaltyRules: readonly ParameterRuleInput[] = [
  { name: 'presence_penalty', use_template: 'presence_penalty', min: -2, max: 2 },
  { name: 'frequency_penalty', use_template: 'frequency_penalty', min: -2, max: 2 },
]

export const maxTokensRule = (max: number, suggested = Math.min(max, 8192)): ParameterRuleInput => ({
  name: 'max_tokens',
  use_template: 'max_tokens',
  default: suggested,
  max,
})

export const jsonRule: ParameterRuleInput = { name: 'response_format', use_template: 'response_format', options: ['text', 'json_object'] }

export const schemaRules: readonly ParameterRuleInput[] = [
  { name: 'response_format', use_template: 'response_format', options: ['text', 'json_object', 'json_schema'] },
  { name: 'json_schema', use_template: 'json_schema' },
]

export const effortRule = (...options: readonly string[]): ParameterRuleInput => ({
  name: 'reasoning_effort',
  label: { en_US: 'Reasoning effort', zh_Hans: '推理强度' },
  help: { en_US: 'How long the model thinks before it answers.', zh_Hans: '模型在回答前思考的程度。' },
  type: 'string',
  options,
})

/** `name` is `thinking` or `enable_thinking`, as the provider calls it. */
export const thinkingRule = (name: string, isOn: boolean): ParameterRuleInput => ({
  name,
  label: { en_US: 'Thinking', zh_Hans: '思考模式' },
  help: { en_US: 'Whether the model thinks before it answers.', zh_Hans: '模型是否在回答前进行思考。' },
  type: 'boolean',
  default: isOn,
})

export interface ChatRow {
  readonly context: number
  readonly output: number
  readonly features?: readonly ModelFeature[]
  readonly price?: ModelPricing
  /** Rules besides `max_tokens`; sampling alone where absent. */
  readonly rules?: readonly ParameterRuleInput[]
  readonly label?: string
  readonly isDeprecated?: boolean
}

export function chatModel(model: string, row: ChatRow): CatalogModel {
  return {
    model,
    label: { en_US: row.label ?? model },
    type: 'llm',
    features: row.features ?? TOOLS,
    mode: 'chat',
    contextSize: row.context,
    maxOutputTokens: row.output,
    parameterRules: toRules(row.rules ?? samplingRules, row.output),
    ...(row.price === undefined ? {} : { pricing: row.price }),
    ...(row.isDeprecated === true ? { isDeprecated: true } : {}),
  }
}

function toRules(rules: readonly ParameterRuleInput[], output: number): readonly ParameterRule[] {
  return expandParameterRules([...rules, maxTokensRule(output)])
}

/** A model that is no language model: context where it has one, price where it is known. Voices speak all languages where none are named. */
export const plainModel = (
  model: string,
  type: Exclude<CatalogModel['type'], 'llm'>,
  row: {
    readonly context?: number
    readonly price?: ModelPricing
    readonly voices?: readonly string[]
    readonly languages?: readonly string[]
  } = {},
): CatalogModel => ({
  model,
  label: { en_US: model },
  type,
  features: [],
  parameterRules: [],
  ...(row.context === undefined ? {} : { contextSize: row.context }),
  ...(row.price === undefined ? {} : { pricing: row.price }),
  ...(row.voices === undefined
    ? {}
    : { voices: row.voices.map((voice) => ({ mode: voice, name: toVoiceName(voice), language: row.languages ?? [] })) }),
})

/** `folder/model:anna` is told as Anna. */
function toVoiceName(voice: string): string {
  const name = voice.slice(voice.lastIndexOf(':') + 1)
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Prices of a million tokens. */
export const usd = (input: number, output: number, cachedInput?: number): ModelPricing =>
  dollarsPerMillion({ input, output, ...(cachedInput === undefined ? {} : { cachedInput }) })

export const rmb = (input: number, output: number): ModelPricing => ({ ...usd(input, output), currency: 'RMB' })
