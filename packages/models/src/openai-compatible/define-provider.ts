import { type Credentials, type ModelType, type ProviderClient, type ProviderDefinition, ProviderError } from '@trellis/spec'
import {
  createWireEmbeddingModel,
  createWireLanguageModel,
  createWireModerationModel,
  createWireRerankModel,
  createWireSpeechModel,
  createWireTranscriptionModel,
  type ListedModel,
  listWireModels,
  sendRequest,
  type WireDialect,
  type WireEndpoint,
} from '../openai-wire/index.ts'
import { describeCustomModel } from './custom-model.ts'

/** Where a set of credentials leads. */
export interface WireConnection {
  readonly baseUrl: string
  /** Sent as a bearer token where it is not empty. */
  readonly apiKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  /** How addresses are made where base and path alone do not do. */
  readonly urlFor?: WireEndpoint['urlFor']
  readonly dialect?: WireDialect
  /** The name that the provider knows a model by. */
  readonly toWireModel?: (model: string) => string
}

export type WireValidation =
  /** Asks for the list of models. */
  | { readonly by: 'list' }
  /** The same, for servers that may have no such list: that they answer is enough. */
  | { readonly by: 'reachability' }
  /** Asks an address of the provider's own that needs the key. */
  | { readonly by: 'path'; readonly path: string }
  /** Embeds a word, where there is nothing cheaper to ask. */
  | { readonly by: 'embedding'; readonly model: string }
  /** Asks a model for a few tokens, where the list needs no key or does not exist. */
  | { readonly by: 'call'; readonly model: (credentials: Credentials) => string }

/** A provider of the family as data: what it is called, where it is, what it serves. */
export interface WireProvider extends Omit<ProviderDefinition, 'createClient' | 'describeCustomModel'> {
  /** @throws ProviderError `bad-request` where the credentials lead nowhere */
  readonly connect: (credentials: Credentials) => WireConnection
  readonly validation: WireValidation
  readonly listModels?: (endpoint: WireEndpoint, baseUrl: string, signal: AbortSignal) => Promise<readonly ListedModel[]>
  readonly describeCustomModel?: NonNullable<ProviderDefinition['describeCustomModel']>
}

export function defineWireProvider(provider: WireProvider): ProviderDefinition {
  const { connect, validation, listModels, ...definition } = provider
  const isCustomizable = provider.configurateMethods.includes('customizable-model')
  return {
    ...definition,
    ...(isCustomizable && provider.describeCustomModel === undefined ? { describeCustomModel } : {}),
    createClient: (credentials, { egress }) => {
      const connection = connect(credentials)
      return createWireClient(provider, credentials, { connection, endpoint: toEndpoint(connection, egress) })
    },
  }
}

/** What a connection is to the wire; for providers that have models of another wire beside it. */
export function toEndpoint(connection: WireConnection, egress: WireEndpoint['egress']): WireEndpoint {
  const { baseUrl, headers = {}, dialect = {} } = connection
  const apiKey = connection.apiKey?.trim() ?? ''
  return {
    egress,
    urlFor: connection.urlFor ?? ((path) => `${baseUrl}${path}`),
    headers: { ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }), ...headers },
    secrets: [apiKey, ...Object.values(headers)].filter((secret) => secret !== ''),
    dialect,
  }
}

function createWireClient(
  provider: WireProvider,
  credentials: Credentials,
  { connection, endpoint }: { readonly connection: WireConnection; readonly endpoint: WireEndpoint },
): ProviderClient {
  const nameOf = connection.toWireModel ?? ((model: string) => model)
  const modeOf = (model: string) =>
    provider.models.find((entry) => entry.model === model)?.mode ?? (credentials.mode === 'completion' ? 'completion' : 'chat')
  const list = (signal: AbortSignal) => (provider.listModels ?? listFromWire)(endpoint, connection.baseUrl, signal)
  const serves = (type: ModelType) => provider.modelTypes.includes(type)
  return {
    validate: (signal) => validate(provider.validation, { endpoint, credentials, list, signal }),
    listModels: list,
    ...(serves('llm') ? { languageModel: (model) => createWireLanguageModel(endpoint, nameOf(model), modeOf(model)) } : {}),
    ...(serves('text-embedding') ? { embeddingModel: (model) => createWireEmbeddingModel(endpoint, nameOf(model)) } : {}),
    ...(serves('rerank') ? { rerankModel: (model) => createWireRerankModel(endpoint, nameOf(model)) } : {}),
    ...(serves('speech2text') ? { transcriptionModel: (model) => createWireTranscriptionModel(endpoint, nameOf(model)) } : {}),
    ...(serves('tts') ? { speechModel: (model) => createWireSpeechModel(endpoint, nameOf(model)) } : {}),
    ...(serves('moderation') ? { moderationModel: (model) => createWireModerationModel(endpoint, nameOf(model)) } : {}),
  }
}

const listFromWire = (endpoint: WireEndpoint, _baseUrl: string, signal: AbortSignal) => listWireModels(endpoint, signal)

interface ValidationContext {
  readonly endpoint: WireEndpoint
  readonly credentials: Credentials
  readonly list: (signal: AbortSignal) => Promise<unknown>
  readonly signal: AbortSignal
}

async function validate(validation: WireValidation, context: ValidationContext): Promise<void> {
  const { endpoint, credentials, list, signal } = context
  switch (validation.by) {
    case 'list':
      await list(signal)
      return
    case 'reachability':
      await list(signal).catch((error: unknown) => {
        const hasNoList = ProviderError.is(error) && (error.status === 404 || error.status === 405 || error.status === 501)
        if (!hasNoList) throw error
      })
      return
    case 'path': {
      const response = await sendRequest(endpoint, { url: endpoint.urlFor(validation.path), method: 'GET' }, signal)
      await response.text()
      return
    }
    case 'embedding':
      await createWireEmbeddingModel(endpoint, validation.model).embed(['ping'], 'query', signal)
      return
    case 'call': {
      const model = createWireLanguageModel(endpoint, validation.model(credentials))
      const call = { messages: [{ role: 'user', content: 'Hi' }], parameters: { max_tokens: 16 } } as const
      // The first word proves the key; the rest would only cost.
      for await (const _event of model.stream(call, signal)) return
    }
  }
}

/** @throws ProviderError `bad-request` naming the missing field */
export function requireCredential(credentials: Credentials, variable: string, label: string): string {
  const value = credentials[variable]?.trim() ?? ''
  if (value === '') throw new ProviderError('bad-request', `${label} (${variable}) is missing. Fill it in and save again.`)
  return value
}
