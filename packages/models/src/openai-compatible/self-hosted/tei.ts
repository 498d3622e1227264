import type { Credentials, ProviderDefinition, RerankModel } from '@trellis/spec'
import { z } from 'zod'
import { nonsense, postJson, readJson, type WireEndpoint } from '../../openai-wire/index.ts'
import { toBaseUrl } from '../base-url.ts'
import { contextSizeField, secretField, urlField } from '../credential-fields.ts'
import { defineWireProvider, requireCredential, toEndpoint, type WireConnection } from '../define-provider.ts'
import { letterIcon } from '../icon.ts'

/** What a server takes in one request unless it was started with more (`--max-client-batch-size`). */
const MAX_BATCH = 32

const wireProvider = defineWireProvider({
  id: 'huggingface_tei',
  label: { en_US: 'Text Embeddings Inference' },
  description: { en_US: 'Your own embedding and rerank server of Hugging Face.', zh_Hans: '您自己的 Hugging Face 嵌入与重排服务。' },
  icon: letterIcon('TE', '#a16207'),
  help: {
    title: { en_US: 'How to run the server', zh_Hans: '如何运行服务' },
    url: { en_US: 'https://huggingface.co/docs/text-embeddings-inference/quick_tour' },
  },
  modelTypes: ['text-embedding', 'rerank'],
  configurateMethods: ['customizable-model'],
  credentialFields: [],
  modelCredentialFields: [
    urlField('server_url', 'http://192.168.1.100:8080', { required: true }),
    secretField('api_key'),
    contextSizeField,
  ],
  models: [],
  // One server serves one model: it has no list, but tells what that is.
  validation: { by: 'path', path: '/info' },
  listModels: async () => [],
  connect,
})

export const teiProvider: ProviderDefinition = {
  ...wireProvider,
  createClient: (credentials, dependencies) => {
    const endpoint = toEndpoint(connect(credentials), dependencies.egress)
    return { ...wireProvider.createClient(credentials, dependencies), rerankModel: (model) => createTeiRerankModel(endpoint, model) }
  },
}

function connect(credentials: Credentials): WireConnection {
  const root = toBaseUrl(requireCredential(credentials, 'server_url', 'The address')).replace(/\/v1$/, '')
  return {
    baseUrl: root,
    apiKey: credentials.api_key,
    urlFor: (path) => `${root}${path === '/embeddings' ? '/v1' : ''}${path}`,
    dialect: { omits: ['user'], maxEmbeddingBatch: MAX_BATCH },
  }
}

const ranking = z.array(z.object({ index: z.number().int().nonnegative(), score: z.number() }))

/** A model behind `/rerank` in the server's own shape: texts, and a bare list of scores between 0 and 1. */
function createTeiRerankModel(endpoint: WireEndpoint, model: string): RerankModel {
  return {
    async rerank(query, documents, topN, signal) {
      signal.throwIfAborted()
      const ranked: { readonly index: number; readonly score: number }[] = []
      for (let start = 0; start < documents.length && topN > 0; start += MAX_BATCH) {
        const texts = documents.slice(start, start + MAX_BATCH)
        const body = { model, query, texts, truncate: true }
        const answer = ranking.safeParse(await readJson(await postJson(endpoint, '/rerank', body, signal), endpoint, signal))
        if (!answer.success || answer.data.some(({ index }) => index >= texts.length)) {
          throw nonsense('no ranking of the texts.', endpoint.secrets, answer.error)
        }
        ranked.push(...answer.data.map(({ index, score }) => ({ index: start + index, score })))
      }
      return ranked.sort((left, right) => right.score - left.score).slice(0, topN)
    },
  }
}
