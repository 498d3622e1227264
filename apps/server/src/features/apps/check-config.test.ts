import { type ModelConfigInput, modelConfigSchema } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { checkConfig } from './check-config.ts'

const model = { provider: 'demo', name: 'demo-chat', completion_params: {} }
const check = (sections: Partial<ModelConfigInput>) => () => checkConfig(modelConfigSchema.parse({ model, ...sections }))
const field = (variable: string) => ({ label: 'Field', variable, required: true })
const refusal = (param: string, message: RegExp) =>
  expect.objectContaining({ code: 'invalid_param', param, message: expect.stringMatching(message) })

describe('checkConfig', () => {
  it('takes what the console saves', () => {
    expect(
      check({
        user_input_form: [
          { 'text-input': field('name') },
          { paragraph: field('_text') },
          { select: { ...field('城市'), options: ['a'] } },
          { number: field('n1') },
          { checkbox: field('☀️') },
        ],
        dataset_configs: { retrieval_model: 'multiple', datasets: { datasets: [] } },
        agent_mode: { enabled: false, tools: [] },
        external_data_tools: [{ enabled: false }],
        sensitive_word_avoidance: { enabled: false },
      }),
    ).not.toThrow()
  })

  it.each(['1st', 'a b', 'a-b', '', 'x'.repeat(101), 'naïve'])('refuses the variable name "%s"', (variable) => {
    expect(check({ user_input_form: [{ paragraph: field(variable) }] })).toThrow(refusal('user_input_form', /no name of a variable/))
  })

  it('counts characters of a name, not code units', () => {
    expect(check({ user_input_form: [{ paragraph: field('🌱'.repeat(100)) }] })).not.toThrow()
  })

  it('refuses a variable that stands twice', () => {
    expect(check({ user_input_form: [{ paragraph: field('a') }, { number: field('a') }] })).toThrow(
      refusal('user_input_form', /"a" stands twice/),
    )
  })

  it.each(['file', 'file-list', 'json_object'] as const)('refuses the control %s', (control) => {
    expect(check({ user_input_form: [{ [control]: field('a') }] })).toThrow(refusal('user_input_form', /do not take the control/))
  })

  it('refuses form items of no control or of two', () => {
    expect(check({ user_input_form: [{}] })).toThrow(refusal('user_input_form', /field 1 must have one key/))
    expect(check({ user_input_form: [{ paragraph: field('a'), number: field('b') }] })).toThrow(refusal('user_input_form', /one key/))
  })

  it('takes what the app fetches itself, also where the form has it too', () => {
    const tool = { enabled: true, variable: 'weather', type: 'api', config: {} }
    expect(check({ external_data_tools: [tool], user_input_form: [{ external_data_tool: field('weather') }] })).not.toThrow()
  })

  it.each([
    [/stands twice/, [{ variable: 'a' }, { variable: 'a' }]],
    [/the form asks for "name" already/, [{ variable: 'name' }]],
    [/"1st" is no name of a variable/, [{ variable: '1st' }]],
    [/"undefined" is no name of a variable/, [{}]],
  ])('refuses external data: %s', (message, tools) => {
    const external_data_tools = tools.map((tool) => ({ ...tool, enabled: true, type: 'api' }))
    const sections = { user_input_form: [{ paragraph: field('name') }], external_data_tools }
    expect(check(sections)).toThrow(refusal('external_data_tools', message))
  })

  it('refuses an advanced prompt without one', () => {
    expect(check({ prompt_type: 'advanced' })).toThrow(refusal('prompt_type', /chat_prompt_config/))
    expect(check({ prompt_type: 'advanced', chat_prompt_config: { prompt: [{ role: 'system', text: 'Hi' }] } })).not.toThrow()
  })

  it.each([
    ['agent_mode', { agent_mode: { enabled: true } }],
    ['dataset_configs', { dataset_configs: { datasets: { datasets: [{ dataset: { enabled: true, id: 'x' } }] } } }],
  ])('refuses %s, which would not work yet', (section, sections) => {
    expect(check(sections)).toThrow(refusal(section, /later version/))
  })
})
