import type { ModelFeature, ProviderDefinition } from '@trellis/spec'
import { chatModel, jsonRule, plainModel, rmb, samplingRules, schemaRules, TOOLS, thinkingRule } from '../catalog-rows.ts'
import { choiceField, contextSizeField, maxTokensField, secretField, TRUE_FALSE, toolCallField } from '../credential-fields.ts'
import { defineWireProvider } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

const plain: readonly ModelFeature[] = [...TOOLS, 'agent-thought']
const switchable = [...samplingRules, thinkingRule('enable_thinking', false), jsonRule]
const structured = [...samplingRules, thinkingRule('enable_thinking', true), ...schemaRules]
const region = choiceField('use_international_endpoint', { en_US: 'International endpoint', zh_Hans: '国际站接入点' }, TRUE_FALSE)
const VOICES = ['alex', 'benjamin', 'charles', 'david', 'anna', 'bella', 'claire', 'diana'].map(
  (name) => `FunAudioLLM/CosyVoice2-0.5B:${name}`,
)

export const siliconflowProvider: ProviderDefinition = defineWireProvider({
  id: 'siliconflow',
  label: { en_US: 'SiliconFlow', zh_Hans: '硅基流动' },
  description: { en_US: 'Open models for text, search and speech.', zh_Hans: '文本、检索与语音的开放模型。' },
  icon: letterIcon('S', '#6b21a8'),
  help: { title: { en_US: 'Get an API key', zh_Hans: '获取 API 密钥' }, url: { en_US: 'https://cloud.siliconflow.cn/account/ak' } },
  modelTypes: ['llm', 'text-embedding', 'rerank', 'speech2text', 'tts'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: [secretField('api_key', { required: true }), region],
  modelCredentialFields: [
    secretField('api_key', { required: true }),
    region,
    contextSizeField,
    maxTokensField('max_tokens'),
    toolCallField(['no_call', 'function_call']),
  ],
  models: [
    chatModel('deepseek-ai/DeepSeek-V4-Flash', {
      context: 1_048_576,
      output: 393_216,
      features: plain,
      price: rmb(1, 2),
      rules: structured,
    }),
    chatModel('deepseek-ai/DeepSeek-V3.2', { context: 163_840, output: 65_536, features: plain, price: rmb(2, 3), rules: switchable }),
    chatModel('zai-org/GLM-5.2', { context: 1_048_576, output: 131_072, features: plain, price: rmb(8, 28), rules: structured }),
    chatModel('Qwen/Qwen3-32B', { context: 128_000, output: 8_192, features: plain, price: rmb(1, 4), rules: switchable }),
    chatModel('Qwen/Qwen3-8B', { context: 128_000, output: 8_192, features: plain, price: rmb(0, 0), rules: switchable }),
    chatModel('Qwen/Qwen3.6-27B', {
      context: 262_144,
      output: 65_536,
      features: [...plain, 'vision'],
      price: rmb(0.6, 4.8),
      rules: structured,
    }),
    plainModel('BAAI/bge-m3', 'text-embedding', { context: 8_192 }),
    plainModel('Qwen/Qwen3-Embedding-8B', 'text-embedding', { context: 32_768, price: rmb(0.28, 0) }),
    plainModel('Qwen/Qwen3-Embedding-0.6B', 'text-embedding', { context: 32_768, price: rmb(0.07, 0) }),
    plainModel('BAAI/bge-reranker-v2-m3', 'rerank', { context: 8_192 }),
    plainModel('Qwen/Qwen3-Reranker-8B', 'rerank', { context: 32_768, price: rmb(0.28, 0) }),
    plainModel('Qwen/Qwen3-Reranker-0.6B', 'rerank', { context: 32_768, price: rmb(0.07, 0) }),
    plainModel('FunAudioLLM/SenseVoiceSmall', 'speech2text'),
    plainModel('FunAudioLLM/CosyVoice2-0.5B', 'tts', { voices: VOICES, languages: ['zh-Hans', 'en-US', 'ja-JP', 'ko-KR'] }),
  ],
  validation: { by: 'list' },
  connect: (credentials) => ({
    baseUrl: credentials.use_international_endpoint === 'true' ? 'https://api.siliconflow.com/v1' : 'https://api.siliconflow.cn/v1',
    apiKey: credentials.api_key,
    dialect: { maxEmbeddingBatch: 32, omits: ['user'], wantsThoughtsBack: true },
  }),
})
