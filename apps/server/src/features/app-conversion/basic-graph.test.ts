import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from '../turns/index.ts'
import { toBlocks } from './basic-graph.ts'

const form = [{ 'text-input': { label: 'Topic', variable: 'topic', required: true, max_length: 20 } }]
const config = (more: object = {}) =>
  basicConfigSchema.parse({
    model: { provider: 'openai', name: 'gpt', mode: 'chat', completion_params: { temperature: 0.2, max_tokens: 50 } },
    pre_prompt: 'Speak of {{topic}} and {{ topic }}, not of {{other}}.',
    user_input_form: form,
    ...more,
  })
const dataOf = (mode: 'chat' | 'completion', more: object = {}) => toBlocks(mode, config(more)).map(({ data }) => data)

describe('a basic app as a graph', () => {
  it('has its form, its model with its parameters and what it remembers, and its answer', () => {
    const [start, llm, answer] = dataOf('chat')
    expect(start).toMatchObject({ type: 'start', variables: [{ type: 'text-input', variable: 'topic', required: true, max_length: 20 }] })
    expect(llm).toMatchObject({
      model: { provider: 'openai', name: 'gpt', mode: 'chat', completion_params: { temperature: 0.2, max_tokens: 50 } },
      prompt_template: [{ role: 'system', text: 'Speak of {{#start.topic#}} and {{#start.topic#}}, not of {{other}}.' }],
      memory: { window: { enabled: false } },
      vision: { enabled: false },
    })
    expect(answer).toMatchObject({ type: 'answer', answer: '{{#llm.text#}}' })
  })

  it('that writes texts asks once, remembers nothing, and ends with what was written', () => {
    const [, llm, end] = dataOf('completion')
    expect(llm).toMatchObject({ prompt_template: [{ role: 'user', text: expect.stringContaining('{{#start.topic#}}') }] })
    expect(llm).not.toHaveProperty('memory')
    expect(end).toMatchObject({ type: 'end', outputs: [{ variable: 'result', value_selector: ['llm', 'text'] }] })
  })

  it('keeps prompts that were written message by message', () => {
    const prompt = [
      { role: 'system', text: 'You know {{topic}}.' },
      { role: 'user', text: 'Hello' },
      { role: 'assistant', text: 'Yes?' },
    ]
    const [, llm] = dataOf('chat', { prompt_type: 'advanced', chat_prompt_config: { prompt } })
    expect(llm?.['prompt_template']).toEqual([{ role: 'system', text: 'You know {{#start.topic#}}.' }, prompt[1], prompt[2]])
  })

  it('tells a text model what was said, and who speaks', () => {
    const model = { provider: 'openai', name: 'gpt-instruct', mode: 'completion' }
    const [, simple] = dataOf('chat', { model })
    expect(simple).toMatchObject({
      prompt_template: { text: expect.stringMatching(/\{\{#histories#}}\n\nHuman: \{\{#sys\.query#}}\n\nAssistant: $/) },
      memory: { role_prefix: { user: 'Human', assistant: 'Assistant' } },
    })
    const conversation_histories_role = { user_prefix: 'Q', assistant_prefix: 'A' }
    const completion_prompt_config = { prompt: { text: '{{#histories#}} Q: {{#query#}} A:' }, conversation_histories_role }
    const [, written] = dataOf('chat', { model, prompt_type: 'advanced', completion_prompt_config })
    expect(written).toMatchObject({
      prompt_template: { text: '{{#histories#}} Q: {{#sys.query#}} A:' },
      memory: { role_prefix: { user: 'Q', assistant: 'A' } },
    })
  })

  it('shows its model the files that it takes', () => {
    const [, llm] = dataOf('chat', { file_upload: { image: { enabled: true, detail: 'low' } } })
    expect(llm?.['vision']).toEqual({ enabled: true, configs: { detail: 'low', variable_selector: ['sys', 'files'] } })
  })
})
