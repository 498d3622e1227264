import { AppError, type Usage } from '@trellis/contracts'
import { costOf, toWireProviderId, validateParameters } from '@trellis/models'
import {
  type CatalogModel,
  type Credentials,
  type Egress,
  type LanguageModel,
  type Logger,
  type ModelCall,
  type ModelEvent,
  type ModelType,
  type ProviderClient,
  ProviderError,
  type TokenUsage,
} from '@trellis/spec'
import type { CredentialRests } from './credential-rests.ts'
import { type CredentialRotations, createCredentialRotations } from './credential-rotation.ts'
import { type AskInTurn, createSpeechGateway } from './gateway-speech.ts'
import type { ModelChoice, ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
import { toModelError } from './model-errors.ts'
import { assertReady, findDefault, type ReadyModel } from './ready-model.ts'
import { streamWithRetry } from './stream-with-retry.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface GatewayDependencies {
  readonly store: WorkspaceModelStore
  readonly rests: CredentialRests
  readonly egress: Egress
  readonly logger: Logger
  readonly onCall?: (seen: ModelCallSeen) => void
}

export interface ModelCallSeen {
  readonly provider: string
  /** `succeeded`, `aborted`, or the kind of the provider's failure. */
  readonly outcome: string
  readonly seconds: number
  readonly promptTokens?: number
  readonly completionTokens?: number
}

type Caller = GatewayDependencies & { readonly rotations: CredentialRotations }

export function createModelGateway(dependencies: GatewayDependencies): ModelGateway {
  const { store, rests } = dependencies
  const caller: Caller = { ...dependencies, rotations: createCredentialRotations({ rests }) }
  const resolve = async (choice: ModelChoice, type: ModelType): Promise<ReadyModel> => {
    const found = (await store.read(choice.caller.tenantId)).find({ ...choice, type })
    return assertReady(found, choice)
  }
  const ask: AskInTurn = (ready, portOf) => {
    assertServes(portOf(clientOf(caller, ready, ready.credentials)), ready)
    return (use) => callInTurn(caller, ready, (client) => use(assertServes(portOf(client), ready)))
  }
  return {
    ...createSpeechGateway({ resolve, ask, findDefault: async (tenantId, type) => findDefault(await store.read(tenantId), type) }),
    async resolveLanguageModel(choice) {
      return toResolved(caller, await resolve(choice, 'llm'))
    },
    async findDefaultLanguageModel({ tenantId }) {
      const model = findDefault(await store.read(tenantId), 'llm')
      return model && toResolved(caller, model)
    },
    async resolveEmbeddingModel(choice) {
      const ready = await resolve(choice, 'text-embedding')
      const inTurn = ask(ready, (client) => client.embeddingModel?.(ready.entry.model))
      return { embed: (...call) => inTurn((model) => model.embed(...call)) }
    },
    async resolveRerankModel(choice) {
      const ready = await resolve(choice, 'rerank')
      const inTurn = ask(ready, (client) => client.rerankModel?.(ready.entry.model))
      return { rerank: (...call) => inTurn((model) => model.rerank(...call)) }
    },
    async describeModel({ tenantId, provider, model, type }) {
      return (await store.read(tenantId)).find({ provider, model, type })?.entry
    },
  }
}

function clientOf({ egress }: GatewayDependencies, { provider }: ReadyModel, credentials: Credentials): ProviderClient {
  try {
    return provider.createClient(credentials, { egress })
  } catch (error) {
    throw toModelError(error)
  }
}

function assertServes<T>(port: T | undefined, { provider, entry }: ReadyModel): T {
  if (port) return port
  throw new AppError('model_currently_not_support', { message: `${provider.label.en_US} cannot run ${entry.model} for this.` })
}

/** A call that is answered whole: by other credentials where those in turn are refused. */
async function callInTurn<T>(caller: Caller, ready: ReadyModel, call: (client: ProviderClient) => Promise<T>): Promise<T> {
  const rotation = caller.rotations.begin(ready)
  for (;;) {
    try {
      return await call(clientOf(caller, ready, rotation.current.credentials))
    } catch (error) {
      if (!rotation.switchAfter(error)) throw toModelError(error)
    }
  }
}

function toResolved(caller: Caller, ready: ReadyModel): ResolvedLanguageModel {
  const { provider, entry } = ready
  const open = (credentials: Credentials): LanguageModel =>
    assertServes(clientOf(caller, ready, credentials).languageModel?.(entry.model), ready)
  // What cannot be called is told before anything begins.
  const first = { credentials: ready.credentials, model: open(ready.credentials) }
  return {
    provider: toWireProviderId(provider.id),
    model: entry.model,
    entry,
    stream: (call, signal) =>
      streamModel(caller, ready, (credentials) => (credentials === first.credentials ? first.model : open(credentials)), { call, signal }),
    usageOf: (tokens, timing) => toUsage(entry, tokens, timing),
  }
}

function streamModel(
  { logger, onCall, rotations }: Caller,
  ready: ReadyModel,
  modelOf: (credentials: Credentials) => LanguageModel,
  { call, signal }: { readonly call: ModelCall; readonly signal: AbortSignal },
): AsyncIterable<ModelEvent> {
  const { provider, entry } = ready
  const checked: ModelCall = { ...call, parameters: validateParameters(entry.parameterRules, call.parameters) }
  const rotation = rotations.begin(ready)
  const startedAt = performance.now()
  const tell = (seen: Omit<ModelCallSeen, 'provider' | 'seconds'>): void =>
    onCall?.({ provider: provider.id, seconds: (performance.now() - startedAt) / 1000, ...seen })
  return streamWithRetry(() => modelOf(rotation.current.credentials).stream(checked, signal), {
    signal,
    switchAfter(error) {
      const hasSwitched = rotation.switchAfter(error)
      if (hasSwitched) logger.warn({ err: error, provider: provider.id, model: entry.model }, 'A model call goes on with other credentials')
      return hasSwitched
    },
    onRetry: (error, delayMs) =>
      logger.warn({ err: error, provider: provider.id, model: entry.model, delayMs }, 'A model call is tried again'),
    onFinish: ({ promptTokens, completionTokens }) => tell({ outcome: 'succeeded', promptTokens, completionTokens }),
    onFailure: (error) => {
      const outcome = signal.aborted ? 'aborted' : ProviderError.is(error) ? error.kind : 'failed'
      if (outcome !== 'aborted') logger.warn({ err: error, provider: provider.id, model: entry.model, outcome }, 'A model call failed')
      tell({ outcome })
    },
  })
}

function toUsage(
  { pricing }: CatalogModel,
  tokens: TokenUsage,
  timing: { readonly latencyMs: number; readonly firstTokenMs: number | null },
): Usage {
  const cost = pricing && costOf(pricing, tokens)
  return {
    promptTokens: tokens.promptTokens,
    completionTokens: tokens.completionTokens,
    totalTokens: tokens.promptTokens + tokens.completionTokens,
    promptPriceNano: cost?.promptNano ?? 0,
    completionPriceNano: cost?.completionNano ?? 0,
    totalPriceNano: cost?.totalNano ?? 0,
    promptUnitPriceNano: pricing?.inputNano ?? 0,
    completionUnitPriceNano: pricing?.outputNano ?? 0,
    priceUnitTokens: pricing?.perTokens ?? 1000,
    currency: pricing?.currency ?? 'USD',
    ...timing,
  }
}
