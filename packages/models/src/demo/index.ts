import type { EmbeddingModel, ProviderClient, ProviderDefinition, RerankModel } from '@trellis/spec'
import { expandParameterRules } from '../catalog/parameters.ts'
import { createDemoChatModel, DEFAULT_DELAY_MS } from './chat-model.ts'
import { demoIcon } from './icon.ts'
import { similarityOf, vectorOf } from './similarity.ts'
import { countWords } from './words.ts'

export const DEMO_CHAT_MODEL = 'demo-chat'
export const DEMO_EMBEDDING_MODEL = 'demo-embedding'
export const DEMO_RERANK_MODEL = 'demo-rerank'

/** A provider that needs no key and no network, answers by fixed rules, and says so in every answer. */
export const demoProvider: ProviderDefinition = {
  id: 'demo',
  label: { en_US: 'Demo (offline)', zh_Hans: '演示（离线）' },
  description: {
    en_US: 'Answers by fixed rules, without a key and without a network. It is no AI: use it to look around.',
    zh_Hans: '无需密钥和网络，按固定规则回答。它不是人工智能，仅供体验。',
  },
  icon: demoIcon,
  modelTypes: ['llm', 'text-embedding', 'rerank'],
  configurateMethods: ['predefined-model'],
  credentialFields: [],
  modelCredentialFields: [],
  isKeyless: true,
  models: [
    {
      model: DEMO_CHAT_MODEL,
      label: { en_US: 'Demo chat (no AI)', zh_Hans: '演示对话（非 AI）' },
      type: 'llm',
      features: ['tool-call', 'stream-tool-call', 'vision', 'document', 'audio', 'video', 'structured-output'],
      mode: 'chat',
      contextSize: 32_000,
      maxOutputTokens: 4_000,
      parameterRules: expandParameterRules([
        { name: 'max_tokens', use_template: 'max_tokens', default: 1_000, max: 4_000 },
        {
          name: 'delay_ms',
          label: { en_US: 'Delay between words (ms)', zh_Hans: '词间延迟（毫秒）' },
          help: { en_US: 'How long the demo waits before each word.', zh_Hans: '演示模型在每个词之前等待的时间。' },
          type: 'int',
          default: DEFAULT_DELAY_MS,
          min: 0,
          max: 1_000,
          precision: 0,
        },
      ]),
    },
    {
      model: DEMO_EMBEDDING_MODEL,
      label: { en_US: 'Demo embedding (by words)', zh_Hans: '演示嵌入（按词）' },
      type: 'text-embedding',
      features: [],
      contextSize: 32_000,
      parameterRules: [],
    },
    {
      model: DEMO_RERANK_MODEL,
      label: { en_US: 'Demo rerank (by words)', zh_Hans: '演示重排（按词）' },
      type: 'rerank',
      features: [],
      contextSize: 32_000,
      parameterRules: [],
    },
  ],
  createClient: createDemoClient,
}

function createDemoClient(): ProviderClient {
  return {
    validate: async () => {},
    languageModel: () => createDemoChatModel(),
    embeddingModel: () => demoEmbeddingModel,
    rerankModel: () => demoRerankModel,
  }
}

const demoEmbeddingModel: EmbeddingModel = {
  async embed(texts, _inputType, signal) {
    signal.throwIfAborted()
    return { vectors: texts.map(vectorOf), tokens: texts.reduce((sum, text) => sum + countWords(text), 0) }
  },
}

const demoRerankModel: RerankModel = {
  async rerank(query, documents, topN, signal) {
    signal.throwIfAborted()
    const wanted = vectorOf(query)
    return documents
      .map((document, index) => ({ index, score: Math.max(0, similarityOf(wanted, vectorOf(document))) }))
      .sort((left, right) => right.score - left.score || left.index - right.index)
      .slice(0, Math.max(0, topN))
  },
}
