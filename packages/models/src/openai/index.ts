import type { Credentials, ProviderDefinition } from '@trellis/spec'
import { toVersionedBaseUrl } from '../openai-compatible/base-url.ts'
import { secretField, textField, urlField } from '../openai-compatible/credential-fields.ts'
import { describeCustomModel } from '../openai-compatible/custom-model.ts'
import { defineWireProvider } from '../openai-compatible/define-provider.ts'
import { letterIcon } from '../openai-compatible/icon.ts'
import type { WireDialect } from '../openai-wire/index.ts'
import { openaiModels } from './openai.models.ts'

/** Reasoning models refuse `max_tokens`; all of OpenAI's take the newer name. */
export const openaiDialect: WireDialect = { renames: { max_tokens: 'max_completion_tokens' }, maxEmbeddingBatch: 256 }

const credentialFields = [
  secretField('openai_api_key', { required: true, placeholder: { en_US: 'sk-…' } }),
  textField('openai_organization', { en_US: 'Organization', zh_Hans: '组织' }),
  urlField('openai_api_base', 'https://api.openai.com/v1'),
]

export const openaiProvider: ProviderDefinition = defineWireProvider({
  id: 'openai',
  label: { en_US: 'OpenAI' },
  description: { en_US: 'GPT models, embeddings, speech and moderation.', zh_Hans: 'GPT 系列模型，以及嵌入、语音与审查模型。' },
  icon: letterIcon('O', '#0f766e'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://platform.openai.com/api-keys' } },
  modelTypes: ['llm', 'text-embedding', 'speech2text', 'moderation', 'tts'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields,
  modelCredentialFields: credentialFields,
  models: openaiModels,
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toVersionedBaseUrl(credentials.openai_api_base?.trim() || 'https://api.openai.com/v1'),
    apiKey: credentials.openai_api_key,
    headers: toHeaders(credentials),
    dialect: openaiDialect,
  }),
  // A fine-tuned model is what its base is.
  describeCustomModel: (model, type, credentials) => {
    const base = openaiModels.find(
      (known) => known.type === type && known.model === model.replace(/^ft:([^:]+).*$/, '$1').replace(/-\d{4}-\d{2}-\d{2}$/, ''),
    )
    const { pricing: _pricing, ...described } =
      base ?? describeCustomModel(model, type, { context_size: '128000', max_tokens: '16384', ...credentials })
    return { ...described, model, label: { en_US: model } }
  },
})

function toHeaders(credentials: Credentials): Readonly<Record<string, string>> {
  const organization = credentials.openai_organization?.trim() ?? ''
  return organization === '' ? {} : { 'openai-organization': organization }
}
