import { AppError, type Usage } from '@trellis/contracts'
import { costOf, toWireProviderId, validateParameters } from '@trellis/models'
import {
  type CatalogModel,
  type Egress,
  type EmbeddingModel,
  type LanguageModel,
  type Logger,
  type ModelCall,
  type ModelEvent,
  type ModelType,
  type ProviderClient,
  ProviderError,
  type RerankModel,
  type TokenUsage,
} from '@trellis/spec'
import type { ModelChoice, ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
import { toModelError } from './model-errors.ts'
import { assertReady, findDefault, type ReadyModel } from './ready-model.ts'
import { streamWithRetry } from './stream-with-retry.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface GatewayDependencies {
  readonly store: WorkspaceModelStore
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

export function createModelGateway(dependencies: GatewayDependencies): ModelGateway {
  const { store } = dependencies
  const resolve = async (choice: ModelChoice, type: ModelType): Promise<ReadyModel> => {
    const found = (await store.read(choice.tenantId)).find({ ...choice, type })
    return assertReady(found, choice)
  }
  return {
    async resolveLanguageModel(choice) {
      return toResolved(dependencies, await resolve(choice, 'llm'))
    },
    async findDefaultLanguageModel(tenantId) {
      const model = findDefault(await store.read(tenantId), 'llm')
      return model && toResolved(dependencies, model)
    },
    async resolveEmbeddingModel(choice) {
      const ready = await resolve(choice, 'text-embedding')
      return guardPort<EmbeddingModel>(clientOf(dependencies, ready).embeddingModel?.(ready.entry.model), ready, (model) => ({
        embed: (...call) => model.embed(...call).catch(rethrow),
      }))
    },
    async resolveRerankModel(choice) {
      const ready = await resolve(choice, 'rerank')
      return guardPort<RerankModel>(clientOf(dependencies, ready).rerankModel?.(ready.entry.model), ready, (model) => ({
        rerank: (...call) => model.rerank(...call).catch(rethrow),
      }))
    },
    async describeModel({ tenantId, provider, model, type }) {
      return (await store.read(tenantId)).find({ provider, model, type })?.entry
    },
  }
}

function clientOf({ egress }: GatewayDependencies, { provider, credentials }: ReadyModel): ProviderClient {
  try {
    return provider.createClient(credentials, { egress })
  } catch (error) {
    throw toModelError(error)
  }
}

function guardPort<T>(port: T | undefined, { provider, entry }: ReadyModel, guard: (port: T) => T): T {
  if (port) return guard(port)
  throw new AppError('model_currently_not_support', { message: `${provider.label.en_US} cannot run ${entry.model} for this.` })
}

function rethrow(error: unknown): never {
  throw toModelError(error)
}

function toResolved(dependencies: GatewayDependencies, ready: ReadyModel): ResolvedLanguageModel {
  const { provider, entry } = ready
  const port = clientOf(dependencies, ready).languageModel?.(entry.model)
  const model = guardPort<LanguageModel>(port, ready, (own) => own)
  return {
    provider: toWireProviderId(provider.id),
    model: entry.model,
    entry,
    stream: (call, signal) => streamModel(dependencies, ready, model, { call, signal }),
    usageOf: (tokens, timing) => toUsage(entry, tokens, timing),
  }
}

function streamModel(
  { logger, onCall }: GatewayDependencies,
  { provider, entry }: ReadyModel,
  model: LanguageModel,
  { call, signal }: { readonly call: ModelCall; readonly signal: AbortSignal },
): AsyncIterable<ModelEvent> {
  const checked: ModelCall = { ...call, parameters: validateParameters(entry.parameterRules, call.parameters) }
  const startedAt = performance.now()
  const tell = (seen: Omit<ModelCallSeen, 'provider' | 'seconds'>): void =>
    onCall?.({ provider: provider.id, seconds: (performance.now() - startedAt) / 1000, ...seen })
  return streamWithRetry(() => model.stream(checked, signal), {
    signal,
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
