import { modelConfigSchema } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { hashConfig, keepKeysOf } from './config-document.ts'
import { defaultConfig } from './default-config.ts'

const config = modelConfigSchema.parse({
  model: { provider: 'demo', name: 'demo-chat', completion_params: { b: 1, a: [{ d: 1, c: 2 }] } },
  created_by: 'someone',
  annotation_reply: { enabled: true },
  later_section: { x: 1 },
})

describe('keepKeysOf', () => {
  it('drops what only the other mode uses and what is read only, and keeps what it does not know', () => {
    const chat = Object.keys(keepKeysOf('chat', config))
    const completion = Object.keys(keepKeysOf('completion', config))
    expect(chat).toEqual(expect.arrayContaining(['model', 'opening_statement', 'suggested_questions', 'later_section']))
    expect(completion).toEqual(expect.arrayContaining(['model', 'more_like_this', 'dataset_query_variable', 'later_section']))
    for (const key of ['more_like_this', 'created_by', 'annotation_reply']) expect(chat).not.toContain(key)
    for (const key of ['opening_statement', 'speech_to_text', 'created_by']) expect(completion).not.toContain(key)
    for (const keys of [chat, completion]) expect(keys).toEqual(expect.arrayContaining(['agent_mode', 'dataset_query_variable']))
  })
})

describe('hashConfig', () => {
  it('does not look at the order of keys, but at that of lists', () => {
    const { model, ...rest } = config
    const params = { a: [{ c: 2, d: 1 }], b: 1 }
    expect(hashConfig({ ...rest, model: { ...model, completion_params: params } })).toBe(hashConfig(config))
    expect(hashConfig({ ...config, suggested_questions: ['a', 'b'] })).not.toBe(hashConfig({ ...config, suggested_questions: ['b', 'a'] }))
  })
})

describe('defaultConfig', () => {
  const model = { provider: 'demo', name: 'demo-chat', mode: 'chat', completion_params: { temperature: 0.7 } } as const

  it('gives a text generator something to fill in', () => {
    expect(defaultConfig('completion', model)).toMatchObject({
      model,
      pre_prompt: '{{query}}',
      user_input_form: [{ paragraph: { variable: 'query', required: true } }],
    })
  })

  it('gives a chat an empty prompt', () => {
    expect(defaultConfig('chat', model)).toMatchObject({ model, pre_prompt: '', user_input_form: [] })
  })
})
