import { AppError, type Usage } from '@trellis/contracts'
import { costOf, toWireProviderId, validateParameters } from '@trellis/models'
import type {
  CatalogModel,
  Egress,
  EmbeddingModel,
  LanguageModel,
  Logger,
  ModelCall,
  ModelEvent,
  ModelType,
  ProviderClient,
  RerankModel,
  TokenUsage,
} from '@trellis/spec'
import type { ModelChoice, ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
import { toModelError } from './model-errors.ts'
import { streamWithRetry } from './stream-with-retry.ts'
import type { WorkspaceModel, WorkspaceModelStore } from './workspace-models.ts'

export interface GatewayDependencies {
  readonly store: WorkspaceModelStore
  readonly egress: Egress
  readonly logger: Logger
  readonly onCall?: (seen: ModelCallSeen) => void
}

export interface ModelCallSeen {
  readonly provider: string
  readonly outcome: 'succeeded' | 'failed' | 'aborted'
  readonly promptTokens: number
  readonly completionTokens: number
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
      const model = await findDefault(store, tenantId, 'llm')
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

type ReadyModel = WorkspaceModel & { readonly credentials: NonNullable<WorkspaceModel['credentials']> }

function assertReady(found: WorkspaceModel | undefined, { provider, model }: ModelChoice): ReadyModel {
  if (!found) {
    throw new AppError('model_currently_not_support', {
      message: `The provider ${provider} offers no model ${model} here. Choose another model, or add this one in Settings → Model providers.`,
    })
  }
  const { credentials } = found
  if (!credentials) {
    throw new AppError('provider_not_initialize', {
      message: `The model provider ${found.provider.label.en_US} has no credentials yet. Add them in Settings → Model providers.`,
    })
  }
  if (!found.isEnabled) {
    throw new AppError('model_currently_not_support', { message: `The model ${model} is switched off in this workspace.` })
  }
  return { ...found, credentials }
}

/** The workspace's choice, or else the first model that could be called now. */
async function findDefault(store: WorkspaceModelStore, tenantId: string, type: ModelType): Promise<ReadyModel | undefined> {
  const models = await store.read(tenantId)
  const chosen = models.defaults.find((row) => row.model_type === type)
  const candidates = [chosen && models.find({ ...chosen, type }), ...models.list(type).filter(({ entry }) => !entry.isDeprecated)]
  for (const candidate of candidates) {
    if (candidate?.credentials && candidate.isEnabled) return { ...candidate, credentials: candidate.credentials }
  }
  return undefined
}

const clientOf = ({ egress }: GatewayDependencies, { provider, credentials }: ReadyModel): ProviderClient =>
  provider.createClient(credentials, { egress })

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
  const seen = { provider: provider.id, promptTokens: 0, completionTokens: 0 }
  return streamWithRetry(() => model.stream(checked, signal), {
    signal,
    onRetry: (error, delayMs) =>
      logger.warn({ err: error, provider: provider.id, model: entry.model, delayMs }, 'A model call is tried again'),
    onFinish: (usage) =>
      onCall?.({ ...seen, outcome: 'succeeded', promptTokens: usage.promptTokens, completionTokens: usage.completionTokens }),
    onFailure: () => onCall?.({ ...seen, outcome: signal.aborted ? 'aborted' : 'failed' }),
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
