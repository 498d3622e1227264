import type { Credentials, ProviderDefinition } from '@trellis/spec'
import type { WireDialect } from '../../openai-wire/index.ts'
import { toBaseUrl } from '../base-url.ts'
import {
  choiceField,
  contextSizeField,
  forType,
  maxTokensField,
  modeField,
  SUPPORT,
  SUPPORTED,
  secretField,
  selectField,
  textField,
  toolCallField,
  urlField,
  visionField,
} from '../credential-fields.ts'
import { defineWireProvider, requireCredential } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const llm = forType('llm')

export const openaiApiCompatibleProvider: ProviderDefinition = defineWireProvider({
  id: 'openai_api_compatible',
  label: { en_US: 'OpenAI-compatible server', zh_Hans: 'OpenAI 兼容接口' },
  description: {
    en_US: 'Any server with an OpenAI-compatible API: a local one, a gateway, a custom service.',
    zh_Hans: '任何兼容 OpenAI 接口的服务：本地服务、网关或自定义服务。',
  },
  icon: letterIcon('{}', '#475569'),
  modelTypes: ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    textField('display_name', { en_US: 'Display name', zh_Hans: '显示名称' }),
    secretField('api_key'),
    urlField('endpoint_url', 'https://host.example/v1', { required: true }),
    textField('endpoint_model_name', { en_US: 'Model name on the server, if different', zh_Hans: '接口中的模型名称（如不同）' }),
    modeField,
    contextSizeField,
    maxTokensField('max_tokens_to_sample'),
    toolCallField(['no_call', 'tool_call', 'function_call']),
    choiceField('stream_function_calling', { en_US: 'Tool calls while streaming', zh_Hans: '流式工具调用' }, SUPPORTED, llm),
    visionField(SUPPORT),
    choiceField('video_support', { en_US: 'Sees videos', zh_Hans: '支持视频' }, SUPPORT, llm),
    choiceField('audio_support', { en_US: 'Hears audio', zh_Hans: '支持音频' }, SUPPORT, llm),
    choiceField('document_support', { en_US: 'Reads documents', zh_Hans: '支持文档' }, SUPPORT, llm),
    choiceField('structured_output_support', { en_US: 'Answers by JSON schema', zh_Hans: '支持结构化输出' }, SUPPORTED, llm),
    choiceField('agent_thought_support', { en_US: 'Thinks before it answers', zh_Hans: '支持思考' }, SUPPORTED, llm),
    selectField(
      'token_param_name',
      { en_US: 'Token limit parameter', zh_Hans: 'token 上限参数名' },
      [
        ['auto', { en_US: 'max_tokens (usual)', zh_Hans: 'max_tokens（通常）' }],
        ['max_tokens', { en_US: 'max_tokens' }],
        ['max_completion_tokens', { en_US: 'max_completion_tokens' }],
      ],
      { default: 'auto', ...llm },
    ),
    choiceField(
      'stream_include_usage',
      { en_US: 'Ask for usage', zh_Hans: '请求用量' },
      { yes: 'enabled', no: 'disabled' },
      { ...llm, default: 'enabled' },
    ),
    choiceField('user_identity_support', { en_US: "Send the end user's id", zh_Hans: '发送最终用户标识' }, SUPPORT, {
      ...llm,
      default: 'support',
    }),
    textField('max_chunks', { en_US: 'Texts per request', zh_Hans: '每次请求的文本数' }, { default: '1', ...forType('text-embedding') }),
    textField('document_prefix', { en_US: 'Document prefix', zh_Hans: '文档前缀' }, forType('text-embedding')),
    textField('query_prefix', { en_US: 'Query prefix', zh_Hans: '查询前缀' }, forType('text-embedding')),
    textField('voices', { en_US: 'Voices (comma-separated)', zh_Hans: '音色（逗号分隔）' }, { default: 'alloy', ...forType('tts') }),
  ],
  models: [],
  validation: { by: 'reachability' },
  connect: (credentials) => ({
    baseUrl: toBaseUrl(requireCredential(credentials, 'endpoint_url', 'The address')),
    apiKey: credentials.api_key,
    toWireModel: (model) => credentials.endpoint_model_name?.trim() || model,
    dialect: toDialect(credentials),
  }),
})

function toDialect(credentials: Credentials): WireDialect {
  const batch = Number(credentials.max_chunks)
  const { document_prefix: document = '', query_prefix: query = '' } = credentials
  return {
    omits: [
      ...(credentials.stream_include_usage === 'disabled' ? ['stream_options'] : []),
      ...(credentials.user_identity_support === 'no_support' ? ['user'] : []),
    ],
    structuredOutput: credentials.structured_output_support === 'supported' ? 'json-schema' : 'prompt',
    ...(credentials.token_param_name === 'max_completion_tokens' ? { renames: { max_tokens: 'max_completion_tokens' } } : {}),
    ...(Number.isInteger(batch) && batch > 0 ? { maxEmbeddingBatch: batch } : {}),
    ...(document === '' && query === '' ? {} : { embeddingPrefixes: { document, query } }),
  }
}
