import type { ModelMessage } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from '../basic-config.ts'
import { assembleAdvancedPrompt } from './advanced-prompt.ts'
import type { PromptRequest } from './prompt-parts.ts'

const picture = { type: 'image', mimeType: 'image/png', url: 'https://example.com/a.png' } as const
const history: readonly ModelMessage[] = [
  { role: 'user', content: 'Hi' },
  { role: 'assistant', content: 'Hello' },
]
const request = (given: Partial<PromptRequest>): PromptRequest => ({
  inputs: {},
  query: 'Why?',
  files: [],
  context: undefined,
  history: undefined,
  ...given,
})

describe('an advanced prompt for a chat model', () => {
  const assemble = (prompt: readonly (readonly [string, string])[], given: Partial<PromptRequest>) =>
    assembleAdvancedPrompt(
      basicConfigSchema.parse({
        model: { provider: 'p', name: 'm' },
        prompt_type: 'advanced',
        chat_prompt_config: { prompt: prompt.map(([role, text]) => ({ role, text })) },
      }),
      request(given),
      'chat',
    ).messages

  it('is its messages with inputs and passages, then history, then the query with its files first', () => {
    const messages = assemble(
      [
        ['system', '{{a}} {{#context#}}'],
        ['user', ''],
        ['assistant', '{{#query#}} {{#histories#}}'],
      ],
      { inputs: { a: 'A' }, context: 'C', history, files: [picture] },
    )
    expect(messages).toEqual([
      { role: 'system', content: 'A C' },
      { role: 'user', content: '' },
      { role: 'assistant', content: '{#query#} {#histories#}' },
      ...history,
      { role: 'user', content: [picture, { type: 'text', text: 'Why?' }] },
    ])
  })

  it('has no empty system message and no other roles', () => {
    expect(
      assemble(
        [
          ['system', ''],
          ['tool', 'x'],
        ] as const,
        {},
      ),
    ).toEqual([{ role: 'user', content: 'Why?' }])
  })

  it.each([
    ['the last message where a user says it', [['user', 'Look']], [{ role: 'user', content: [picture, { type: 'text', text: 'Look' }] }]],
    [
      'a message of their own elsewhere',
      [['system', 'Look']],
      [
        { role: 'system', content: 'Look' },
        { role: 'user', content: [picture, { type: 'text', text: '' }] },
      ],
    ],
  ] as const)('puts files into %s where there is no query', (_title, prompt, expected) => {
    expect(assemble(prompt, { query: '', files: [picture] })).toEqual(expected)
  })

  it('takes text only, and nothing for an input that was not given', () => {
    expect(assemble([['system', '{{a}}']] as const, { inputs: { a: null } })[0]).toEqual({ role: 'system', content: '{a}' })
    expect(() => assemble([], { inputs: { n: 3 } })).toThrow(expect.objectContaining({ code: 'invalid_param', param: 'n' }))
  })
})

describe('an advanced prompt for a model that completes text', () => {
  const assemble = (given: Partial<PromptRequest>, roles: object | null = { user_prefix: 'U', assistant_prefix: 'A' }) =>
    assembleAdvancedPrompt(
      basicConfigSchema.parse({
        model: { provider: 'p', name: 'm' },
        prompt_type: 'advanced',
        completion_prompt_config: {
          prompt: { text: '{{#context#}}|{{#histories#}}|{{#query#}}|{{a}}' },
          conversation_histories_role: roles,
        },
      }),
      request(given),
      'completion',
    ).messages

  it.each([
    ['fills all of it', { inputs: { a: 'x' }, context: 'C', history }, undefined, 'C|U: Hi\nA: Hello|Why?|x'],
    ['keeps what has no value in single braces', { query: '' }, undefined, '{#context#}|{#histories#}|{#query#}|{a}'],
    ['tells no history without labels', { history }, null, '{#context#}|{#histories#}|Why?|{a}'],
    [
      'fills nothing that a value brought',
      { query: '{{a}}', inputs: { a: '{{#query#}}' } },
      undefined,
      '{#context#}|{#histories#}|{a}|{#query#}',
    ],
  ])('%s', (_title, given, roles, expected) => {
    expect(assemble(given, roles)).toEqual([{ role: 'user', content: expected }])
  })

  it('puts files first', () => {
    expect(assemble({ files: [picture] })[0]?.content).toEqual([picture, expect.objectContaining({ type: 'text' })])
  })
})
