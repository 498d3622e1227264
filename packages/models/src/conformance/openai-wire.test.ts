import { createWireLanguageModel } from '../openai-wire/index.ts'
import { describeLanguageModel } from './describe-language-model.ts'

describeLanguageModel({
  name: 'the OpenAI wire, without a provider of its own',
  wire: 'openai',
  model: 'any-model',
  supports: { validate: false },
  createClient: ({ baseUrl, apiKey, egress }) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const endpoint = { egress, urlFor: (path: string) => `${baseUrl}/v1${path}`, headers, secrets: [apiKey], dialect: {} }
    return { validate: async () => {}, languageModel: (model) => createWireLanguageModel(endpoint, model) }
  },
})
