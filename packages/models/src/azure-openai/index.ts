import type { Credentials, ProviderDefinition } from '@trellis/spec'
import { openaiDialect } from '../openai/index.ts'
import { openaiModels } from '../openai/openai.models.ts'
import { toBaseUrl } from '../openai-compatible/base-url.ts'
import { secretField, selectField, textField, urlField } from '../openai-compatible/credential-fields.ts'
import { describeCustomModel } from '../openai-compatible/custom-model.ts'
import { defineWireProvider, requireCredential, type WireConnection } from '../openai-compatible/define-provider.ts'
import { letterIcon } from '../openai-compatible/icon.ts'

const DEFAULT_API_VERSION = '2024-10-21'

export const azureOpenaiProvider: ProviderDefinition = defineWireProvider({
  id: 'azure_openai',
  label: { en_US: 'Azure OpenAI' },
  description: {
    en_US: "OpenAI's models on your own Azure resource: one model a deployment.",
    zh_Hans: '部署在您自己 Azure 资源上的 OpenAI 模型，每个部署对应一个模型。',
  },
  icon: letterIcon('Az', '#0369a1'),
  help: {
    title: { en_US: 'Create a deployment', zh_Hans: '创建部署' },
    url: { en_US: 'https://learn.microsoft.com/azure/ai-services/openai/how-to/create-resource' },
  },
  modelTypes: ['llm', 'text-embedding', 'speech2text', 'tts'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    urlField('openai_api_base', 'https://my-resource.openai.azure.com', { required: true }),
    secretField('openai_api_key', { required: true }),
    textField(
      'openai_api_version',
      { en_US: 'API version', zh_Hans: 'API 版本' },
      {
        default: DEFAULT_API_VERSION,
        help: { en_US: 'Not used when the address ends in /openai/v1.', zh_Hans: '当地址以 /openai/v1 结尾时不使用。' },
      },
    ),
    selectField(
      'base_model_name',
      { en_US: 'Base model', zh_Hans: '基础模型' },
      openaiModels.filter((model) => model.type !== 'moderation').map((model) => [model.model, model.label] as const),
      { required: true, help: { en_US: 'The model that the deployment runs.', zh_Hans: '该部署所运行的模型。' } },
    ),
  ],
  models: [],
  validation: { by: 'list' },
  connect,
  describeCustomModel: (model, type, credentials) => {
    const base = openaiModels.find((known) => known.type === type && known.model === credentials.base_model_name)
    const described = base ?? describeCustomModel(model, type, { context_size: '128000', max_tokens: '16384', ...credentials })
    return { ...described, model, label: { en_US: model } }
  },
})

/** Older resources name deployment and version in the address; the newer `/openai/v1` is addressed like OpenAI itself. */
function connect(credentials: Credentials): WireConnection {
  const address = toBaseUrl(requireCredential(credentials, 'openai_api_base', 'The address'))
  const headers = { 'api-key': requireCredential(credentials, 'openai_api_key', 'The API key') }
  if (/\/openai\/v1$/.test(address)) return { baseUrl: address, headers, dialect: openaiDialect }
  const root = address.replace(/\/openai(?:\/deployments\/.*)?$/, '')
  const version = encodeURIComponent(credentials.openai_api_version?.trim() || DEFAULT_API_VERSION)
  return {
    baseUrl: root,
    headers,
    dialect: openaiDialect,
    urlFor: (path, model) => {
      const place = model === undefined ? '' : `/deployments/${encodeURIComponent(model)}`
      return `${root}/openai${place}${path}?api-version=${version}`
    },
  }
}
