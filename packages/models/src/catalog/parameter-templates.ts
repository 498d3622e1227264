import type { ParameterRule } from '@trellis/spec'

/** What a rule may leave out when it names a template: label, type, bounds and default come from there. */
export type ParameterRuleInput = Pick<ParameterRule, 'name'> & Partial<Omit<ParameterRule, 'name'>>

/** The templates that provider catalogues refer to by `use_template`. */
export const parameterTemplates: Readonly<Record<string, Omit<ParameterRule, 'name' | 'use_template'>>> = {
  temperature: {
    label: { en_US: 'Temperature', zh_Hans: '温度' },
    help: {
      en_US: 'How freely the model chooses its words. Lower is more predictable, higher more varied.',
      zh_Hans: '模型选词的自由程度。越低越稳定，越高越多样。',
    },
    type: 'float',
    required: false,
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
    options: [],
  },
  top_p: {
    label: { en_US: 'Top P', zh_Hans: 'Top P' },
    help: {
      en_US: 'Only the likeliest words that together reach this probability are considered.',
      zh_Hans: '只考虑累计概率达到该值的最可能的词。',
    },
    type: 'float',
    required: false,
    default: 1,
    min: 0,
    max: 1,
    precision: 2,
    options: [],
  },
  top_k: {
    label: { en_US: 'Top K', zh_Hans: 'Top K' },
    help: { en_US: 'Only this many of the likeliest words are considered.', zh_Hans: '只考虑这么多个最可能的词。' },
    type: 'int',
    required: false,
    default: 50,
    min: 1,
    max: 100,
    precision: 0,
    options: [],
  },
  presence_penalty: {
    label: { en_US: 'Presence penalty', zh_Hans: '存在惩罚' },
    help: { en_US: 'Discourages words that have occurred at all.', zh_Hans: '降低已出现过的词再次出现的可能。' },
    type: 'float',
    required: false,
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
    options: [],
  },
  frequency_penalty: {
    label: { en_US: 'Frequency penalty', zh_Hans: '频率惩罚' },
    help: { en_US: 'Discourages words more, the more often they have occurred.', zh_Hans: '词出现得越多，再次出现的可能越低。' },
    type: 'float',
    required: false,
    default: 0,
    min: 0,
    max: 1,
    precision: 2,
    options: [],
  },
  max_tokens: {
    label: { en_US: 'Max tokens', zh_Hans: '最大 token 数' },
    help: { en_US: 'The longest answer, in tokens. A longer one is cut off.', zh_Hans: '回答的最大长度（token 数），超出部分会被截断。' },
    type: 'int',
    required: false,
    default: 64,
    min: 1,
    max: 2048,
    precision: 0,
    options: [],
  },
  response_format: {
    label: { en_US: 'Response format', zh_Hans: '回复格式' },
    help: { en_US: 'The format the answer should have.', zh_Hans: '要求回答采用的格式。' },
    type: 'string',
    required: false,
    options: ['JSON', 'XML'],
  },
  json_schema: {
    label: { en_US: 'JSON schema', zh_Hans: 'JSON Schema' },
    help: { en_US: 'The schema the answer should follow.', zh_Hans: '要求回答遵循的 JSON Schema。' },
    type: 'text',
    required: false,
    options: [],
  },
}
