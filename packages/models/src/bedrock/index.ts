import {
  type Credentials,
  type LanguageModel,
  type ModelCall,
  type ProviderClient,
  type ProviderDefinition,
  type ProviderDependencies,
  ProviderError,
} from '@trellis/spec'
import { createAiSdkEmbeddingModel } from '../ai-sdk/embedding-model.ts'
import { createAiSdkLanguageModel } from '../ai-sdk/language-model.ts'
import { readParameters } from '../ai-sdk/read-parameters.ts'
import { createAiSdkRerankModel } from '../ai-sdk/rerank-model.ts'
import { contextSizeField, maxTokensField, SUPPORT, toolCallField, visionField } from '../openai-compatible/credential-fields.ts'
import { describeCustomModel } from '../openai-compatible/custom-model.ts'
import { letterIcon } from '../openai-compatible/icon.ts'
import { bedrockCredentialFields, toBedrockAccess, VALIDATION_MODEL } from './credentials.ts'
import { bedrockModels } from './models.ts'

export const bedrockProvider: ProviderDefinition = {
  id: 'bedrock',
  label: { en_US: 'Amazon Bedrock' },
  description: { en_US: 'Claude, Nova, Titan and open models at AWS.', zh_Hans: 'AWS 上的 Claude、Nova、Titan 与开放模型。' },
  icon: letterIcon('B', '#c2410c'),
  help: {
    title: { en_US: 'Get a key from the console of AWS', zh_Hans: '从 AWS 控制台获取密钥' },
    url: { en_US: 'https://console.aws.amazon.com/bedrock/home#/api-keys' },
  },
  modelTypes: ['llm', 'text-embedding', 'rerank'],
  configurateMethods: ['predefined-model', 'customizable-model'],
  credentialFields: bedrockCredentialFields,
  modelCredentialFields: [
    ...bedrockCredentialFields,
    contextSizeField,
    maxTokensField('max_tokens'),
    visionField(SUPPORT),
    toolCallField(['no_call', 'tool_call']),
  ],
  models: bedrockModels,
  describeCustomModel,
  createClient: createBedrockClient,
}

function createBedrockClient(credentials: Credentials, { egress }: ProviderDependencies): ProviderClient {
  const access = toBedrockAccess(credentials)
  const secrets = [access.apiKey, access.secretAccessKey, access.accessKeyId].filter((secret) => secret !== '')
  const load = async (baseURL = access.baseURL) => {
    const { createAmazonBedrock } = await import('@ai-sdk/amazon-bedrock')
    return createAmazonBedrock({ ...access, baseURL, fetch: refuseOtherStreams(egress.fetchFor('model')) })
  }
  const languageModel = (model: string): LanguageModel =>
    createAiSdkLanguageModel({
      load: async () => (await load()).languageModel(model),
      toSettings: (call) => readParameters(call.parameters).common('max_tokens'),
      adapt: askForJson,
      secrets,
    })
  return {
    async validate(signal) {
      const model = languageModel(credentials.model_for_validation?.trim() || VALIDATION_MODEL)
      const call = { messages: [{ role: 'user', content: 'Hi' }], parameters: { max_tokens: 1 } } as const
      // The first event is proof enough; leaving the loop closes the connection.
      for await (const _event of model.stream(call, signal)) return
    },
    languageModel,
    embeddingModel: (model) =>
      createAiSdkEmbeddingModel({
        load: async () => (await load()).embeddingModel(model),
        toProviderOptions: (inputType) => ({ amazonBedrock: { inputType: inputType === 'query' ? 'search_query' : 'search_document' } }),
        secrets,
      }),
    rerankModel: (model) => createAiSdkRerankModel({ load: async () => (await load(access.agentBaseURL)).rerankingModel(model), secrets }),
  }
}

/** The SDK would read a page of a proxy as the beginning of a very long message, and wait for its end. */
function refuseOtherStreams(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    const isStream = response.headers.get('content-type')?.includes('application/vnd.amazon.eventstream') === true
    const isWanted = String(input instanceof Request ? input.url : input).endsWith('/converse-stream')
    if (!response.ok || !isWanted || isStream) return response
    await response.body?.cancel()
    throw new ProviderError('server-unavailable', 'The provider answered something that cannot be understood. Check the address.')
  }
}

/** JSON without a schema is nothing that this provider can be told by an option: it is asked in words. */
function askForJson(call: ModelCall): ModelCall {
  if (call.responseFormat?.type !== 'json') return call
  const instruction = 'Answer with one JSON object and nothing else: no explanation, no code fence.'
  return { ...call, messages: [...call.messages, { role: 'system', content: instruction }] }
}
