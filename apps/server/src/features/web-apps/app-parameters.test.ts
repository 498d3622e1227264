import { appParametersSchema } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { basicConfigSchema } from '../turns/index.ts'
import { toAppParameters, toBasicSource } from './app-parameters.ts'

const limits = {
  image_file_size_limit: 10,
  video_file_size_limit: 100,
  audio_file_size_limit: 50,
  file_size_limit: 15,
  workflow_file_upload_limit: 10,
}
const present = (sections: object) =>
  toAppParameters(toBasicSource(basicConfigSchema.parse({ model: { provider: 'p', name: 'm' }, ...sections })), limits)

describe('toAppParameters', () => {
  it.each([
    ['that has nothing but a model', {}],
    ['whose sections are nonsense', { speech_to_text: 'on', annotation_reply: { enabled: 'yes' }, text_to_speech: null, file_upload: 3 }],
  ])('has every section, switched off, of an app %s', (_title, sections) => {
    const parameters = present(sections)
    expect(appParametersSchema.parse(parameters)).toEqual(parameters)
    expect(parameters).toEqual({
      opening_statement: null,
      suggested_questions: [],
      suggested_questions_after_answer: { enabled: false },
      speech_to_text: { enabled: false },
      text_to_speech: { enabled: false, voice: '', language: '' },
      retriever_resource: { enabled: false },
      annotation_reply: { enabled: false },
      more_like_this: { enabled: false },
      sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
      user_input_form: [],
      file_upload: { image: { enabled: false, number_limits: 3, detail: 'high', transfer_methods: ['remote_url', 'local_file'] } },
      system_parameters: limits,
    })
  })

  it('hands on what is set', () => {
    const parameters = present({
      opening_statement: 'Hi',
      suggested_questions: ['Why?'],
      speech_to_text: { enabled: true },
      text_to_speech: { enabled: true, voice: 'alloy', language: 'en', autoPlay: 'enabled' },
      user_input_form: [{ select: { label: 'City', variable: 'city', required: true, options: ['Rome'], hide: true } }],
      file_upload: { enabled: true, number_limits: 5 },
      sensitive_word_avoidance: { enabled: false },
    })
    expect(parameters.sensitive_word_avoidance).toEqual({ enabled: false, type: '', configs: [] })
    expect(appParametersSchema.parse(parameters)).toEqual(parameters)
    expect(parameters).toMatchObject({
      opening_statement: 'Hi',
      suggested_questions: ['Why?'],
      speech_to_text: { enabled: true },
      text_to_speech: { voice: 'alloy', autoPlay: 'enabled' },
      user_input_form: [{ select: { variable: 'city', options: ['Rome'], hide: true } }],
      file_upload: { enabled: true, number_limits: 5, image: { enabled: false } },
    })
  })

  it('tells that something is on, and not how it works', () => {
    const parameters = present({
      suggested_questions_after_answer: { enabled: true, prompt: 'Ask about prices' },
      sensitive_word_avoidance: { enabled: true, type: 'keywords', config: { keywords: 'a secret word' } },
      user_input_form: [
        { external_data_tool: { label: 'Weather', variable: 'weather', type: 'api', config: { api_based_extension_id: 'an id' } } },
      ],
    })
    expect(appParametersSchema.parse(parameters)).toMatchObject({
      suggested_questions_after_answer: { enabled: true },
      sensitive_word_avoidance: { enabled: true, type: 'keywords' },
      user_input_form: [{ external_data_tool: { label: 'Weather', variable: 'weather' } }],
    })
    expect(JSON.stringify(appParametersSchema.parse(parameters))).not.toMatch(/secret word|prices|an id/)
  })
})
