import type { ProviderDefinition } from '@trellis/spec'
import { toVersionedBaseUrl } from '../base-url.ts'
import {
  choiceField,
  contextSizeField,
  forType,
  maxTokensField,
  modeField,
  SUPPORT,
  SUPPORTED,
  secretField,
  textField,
  toolCallField,
  urlField,
  visionField,
} from '../credential-fields.ts'
import { defineWireProvider, requireCredential } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const modelFields = [
  modeField,
  contextSizeField,
  maxTokensField('max_tokens_to_sample'),
  visionField(SUPPORT),
  toolCallField(['no_call', 'tool_call']),
  choiceField('structured_output_support', { en_US: 'Answers by JSON schema', zh_Hans: '支持结构化输出' }, SUPPORTED, forType('llm')),
]

export const vllmProvider: ProviderDefinition = defineWireProvider({
  id: 'vllm',
  label: { en_US: 'vLLM' },
  description: { en_US: 'Your own vLLM server.', zh_Hans: '您自己的 vLLM 服务。' },
  icon: letterIcon('vL', '#0e7490'),
  help: {
    title: { en_US: 'How to run vLLM', zh_Hans: '如何运行 vLLM' },
    url: { en_US: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html' },
  },
  modelTypes: ['llm', 'text-embedding', 'rerank', 'speech2text'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    urlField('endpoint_url', 'http://192.168.1.100:8000/v1', { required: true }),
    secretField('api_key'),
    ...modelFields,
  ],
  models: [],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toVersionedBaseUrl(requireCredential(credentials, 'endpoint_url', 'The address')),
    apiKey: credentials.api_key,
  }),
})

export const lmstudioProvider: ProviderDefinition = defineWireProvider({
  id: 'lmstudio',
  label: { en_US: 'LM Studio' },
  description: { en_US: 'Local models that LM Studio runs on your own computer.', zh_Hans: 'LM Studio 在您自己电脑上运行的本地模型。' },
  icon: letterIcon('LM', '#4f46e5'),
  help: { title: { en_US: 'How to start the server', zh_Hans: '如何启动服务' }, url: { en_US: 'https://lmstudio.ai/docs/app/api' } },
  modelTypes: ['llm', 'text-embedding'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [urlField('base_url', 'http://127.0.0.1:1234/v1', { required: true }), secretField('api_key'), ...modelFields],
  models: [],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toVersionedBaseUrl(requireCredential(credentials, 'base_url', 'The address')),
    apiKey: credentials.api_key,
  }),
})

export const xinferenceProvider: ProviderDefinition = defineWireProvider({
  id: 'xinference',
  label: { en_US: 'Xinference' },
  description: { en_US: 'Your own Xinference server.', zh_Hans: '您自己的 Xinference 服务。' },
  icon: letterIcon('Xi', '#be185d'),
  help: { title: { en_US: 'How to run Xinference', zh_Hans: '如何运行 Xinference' }, url: { en_US: 'https://inference.readthedocs.io' } },
  modelTypes: ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    urlField('server_url', 'http://192.168.1.100:9997', { required: true }),
    textField('model_uid', { en_US: 'Model UID', zh_Hans: '模型 UID' }, { required: true }),
    secretField('api_key'),
    ...modelFields,
  ],
  models: [],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: toVersionedBaseUrl(requireCredential(credentials, 'server_url', 'The address')),
    apiKey: credentials.api_key,
    toWireModel: (model) => credentials.model_uid?.trim() || model,
  }),
})
