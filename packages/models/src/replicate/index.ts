import type { Credentials, ProviderClient, ProviderDefinition, ProviderDependencies } from '@trellis/spec'
import { chatModel, penaltyRules, samplingRules } from '../openai-compatible/catalog-rows.ts'
import { contextSizeField, maxTokensField, secretField, textField } from '../openai-compatible/credential-fields.ts'
import { describeCustomModel } from '../openai-compatible/custom-model.ts'
import { toEndpoint } from '../openai-compatible/define-provider.ts'
import { letterIcon } from '../openai-compatible/icon.ts'
import { sendRequest } from '../openai-wire/index.ts'
import { createReplicateLanguageModel } from './language-model.ts'

const BASE_URL = 'https://api.replicate.com/v1'
const token = secretField(
  'replicate_api_token',
  { required: true, placeholder: { en_US: 'r8_…' } },
  { en_US: 'API token', zh_Hans: 'API 令牌' },
)
const rules = [...samplingRules, ...penaltyRules]

export const replicateProvider: ProviderDefinition = {
  id: 'replicate',
  label: { en_US: 'Replicate' },
  description: {
    en_US: 'Language models that run as predictions, public ones and your own.',
    zh_Hans: '以预测方式运行的公开及自有语言模型。',
  },
  icon: letterIcon('Re', '#b91c1c'),
  help: { title: { en_US: 'Get an API token', zh_Hans: '获取 API 令牌' }, url: { en_US: 'https://replicate.com/account/api-tokens' } },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [token],
  modelCredentialFields: [
    token,
    textField(
      'model_version',
      { en_US: 'Version', zh_Hans: '版本' },
      { help: { en_US: 'Only for models that are not official ones.', zh_Hans: '仅非官方模型需要填写。' } },
    ),
    contextSizeField,
    maxTokensField('max_tokens'),
  ],
  // What a token costs depends on the hardware of the version.
  models: [
    chatModel('meta/meta-llama-3.1-405b-instruct', { context: 128_000, output: 4_096, features: [], rules }),
    chatModel('meta/meta-llama-3-70b-instruct', { context: 8_192, output: 4_096, features: [], rules }),
    chatModel('meta/meta-llama-3-8b-instruct', { context: 8_192, output: 4_096, features: [], rules }),
  ],
  describeCustomModel,
  createClient: createReplicateClient,
}

function createReplicateClient(credentials: Credentials, { egress }: ProviderDependencies): ProviderClient {
  const endpoint = toEndpoint({ baseUrl: BASE_URL, apiKey: credentials.replicate_api_token }, egress)
  const version = credentials.model_version?.trim() || undefined
  return {
    async validate(signal) {
      await (await sendRequest(endpoint, { url: endpoint.urlFor('/account'), method: 'GET' }, signal)).text()
    },
    languageModel: (model) => createReplicateLanguageModel({ endpoint, model, version }),
  }
}
