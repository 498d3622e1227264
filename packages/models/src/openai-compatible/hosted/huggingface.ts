import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { chatModel, samplingRules, schemaRules, TOOLS } from '../catalog-rows.ts'
import { contextSizeField, maxTokensField, modeField, SUPPORT, secretField, toolCallField, visionField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const BASE_URL = 'https://router.huggingface.co/v1'
const WHO_AM_I = '/whoami-v2'
const thinking: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const rules = [...samplingRules, ...schemaRules]
const token = secretField(
  'huggingfacehub_api_token',
  { required: true, placeholder: { en_US: 'hf_…' } },
  { en_US: 'Access token', zh_Hans: '访问令牌' },
)

export const huggingfaceProvider: ProviderDefinition = defineWireProvider({
  id: 'huggingface_hub',
  label: { en_US: 'Hugging Face' },
  description: {
    en_US: 'Open models at many hosts behind the router of Hugging Face; a model’s name may end in :fastest or its host.',
    zh_Hans: '通过 Hugging Face 路由访问众多服务商的开放模型；模型名可加后缀 :fastest 或服务商名。',
  },
  icon: letterIcon('HF', '#a16207'),
  help: {
    title: { en_US: 'Get a token that may call Inference Providers', zh_Hans: '获取可调用 Inference Providers 的令牌' },
    url: { en_US: 'https://huggingface.co/settings/tokens' },
  },
  modelTypes: ['llm'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [token],
  modelCredentialFields: [
    token,
    modeField,
    contextSizeField,
    maxTokensField('max_tokens'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  // What a token costs is the host's to say, and the router chooses the host.
  models: [
    chatModel('openai/gpt-oss-120b', { context: 131_072, output: 32_768, features: thinking, rules }),
    chatModel('openai/gpt-oss-20b', { context: 131_072, output: 32_768, features: thinking, rules }),
    chatModel('deepseek-ai/DeepSeek-V3.2', { context: 163_840, output: 65_536, features: thinking, rules }),
    chatModel('zai-org/GLM-5.2', { context: 1_048_576, output: 131_072, features: thinking, rules }),
    chatModel('Qwen/Qwen3-32B', { context: 40_960, output: 8_192, features: thinking, rules }),
    chatModel('meta-llama/Llama-3.3-70B-Instruct', { context: 131_072, output: 8_192, rules }),
  ],
  // Anybody may read the router's list of models; whose a token is, its owner alone is told.
  validation: { by: 'path', path: WHO_AM_I },
  connect: (credentials) => ({
    baseUrl: BASE_URL,
    apiKey: credentials.huggingfacehub_api_token,
    urlFor: (path) => (path === WHO_AM_I ? `https://huggingface.co/api${path}` : `${BASE_URL}${path}`),
  }),
})
