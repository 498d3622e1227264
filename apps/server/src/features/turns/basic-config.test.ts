import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from './basic-config.ts'

const model = { provider: 'openai', name: 'gpt' }
const parse = (sections: object) => basicConfigSchema.parse({ model, ...sections })

describe('basicConfigSchema', () => {
  it('switches off what a configuration lacks', () => {
    expect(parse({})).toMatchObject({
      model: { completion_params: {} },
      prompt_type: 'simple',
      pre_prompt: '',
      user_input_form: [],
      opening_statement: '',
      suggested_questions: [],
    })
    expect(parse({ prompt_type: null, pre_prompt: null, user_input_form: null, suggested_questions: null })).toMatchObject({
      prompt_type: 'simple',
      pre_prompt: '',
      user_input_form: [],
      suggested_questions: [],
    })
  })

  it.each([
    ['more_like_this', { enabled: 'perhaps' }, { enabled: false }],
    ['more_like_this', [], null],
    ['suggested_questions_after_answer', 'on', null],
    ['suggested_questions_after_answer', { enabled: true, model: {} }, { enabled: true, model: null }],
    ['chat_prompt_config', {}, { prompt: [] }],
    ['completion_prompt_config', {}, null],
    [
      'completion_prompt_config',
      { prompt: { text: 'x' }, conversation_histories_role: {} },
      { prompt: { text: 'x' }, conversation_histories_role: null },
    ],
    ['file_upload', 'none', null],
  ])('switches off a %s that cannot be read: %j', (section, stored, expected) => {
    expect(parse({ [section]: stored })).toHaveProperty(section, expected)
  })

  it('reads the form, one control an entry', () => {
    const [first, second] = parse({
      user_input_form: [
        { select: { label: 'City', variable: 'city', required: true, options: ['Rome'] } },
        { paragraph: { variable: 'text', max_length: '48', required: null, hide: true } },
      ],
    }).user_input_form
    expect(first).toMatchObject({ type: 'select', variable: 'city', required: true, options: ['Rome'] })
    expect(second).toMatchObject({ type: 'paragraph', variable: 'text', label: '', max_length: 48, required: false, hide: true })
  })

  it.each([[{}], [{ paragraph: {} }], [{ paragraph: null }]])('refuses the malformed field %j', (item) => {
    expect(basicConfigSchema.safeParse({ model, user_input_form: [item] }).success).toBe(false)
  })

  it('refuses a configuration without a model', () => {
    expect(basicConfigSchema.safeParse({ pre_prompt: 'x' }).success).toBe(false)
  })
})
