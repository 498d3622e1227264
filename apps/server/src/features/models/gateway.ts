import { AppError, type Usage } from '@trellis/contracts'
import { costOf, toWireProviderId, validateParameters } from '@trellis/models'
import type {
  CatalogModel,
  Credentials,
  Egress,
  LanguageModel,
  Logger,
  ModelCall,
  ModelEvent,
  ModelType,
  ProviderClient,
  TokenUsage,
} from '@trellis/spec'
import type { CredentialRests } from './credential-rests.ts'
import { type CredentialRotations, createCredentialRotations } from './credential-rotation.ts'
import { estimatePromptTokens } from './estimate-tokens.ts'
import { failureFields } from './failure-fields.ts'
import { type AskInTurn, createSpeechGateway } from './gateway-speech.ts'
import type { ModelChoice, ModelGateway, ResolvedLanguageModel } from './gateway-types.ts'
import { type CalledModel, MeteredCall, type ModelCallSeen } from './metered-call.ts'
import { toModelError } from './model-errors.ts'
import type { ModelMeter } from './model-meter.ts'
import { assertReady, findDefault, type ReadyModel } from './ready-model.ts'
import { type SentInTurn, sentTexts } from './sent-in-turn.ts'
import { SpokenSoFar } from './spoken-so-far.ts'
import { streamWithRetry } from './stream-with-retry.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'
import { worstCaseOf } from './worst-case.ts'

export interface GatewayDependencies {
  readonly store: WorkspaceModelStore
  readonly rests: CredentialRests
  readonly egress: Egress
  readonly logger: Logger
  readonly meter: ModelMeter
  readonly onCall?: (seen: ModelCallSeen) => void
}

type Caller = GatewayDependencies & { readonly rotations: CredentialRotations }

export function createModelGateway(dependencies: GatewayDependencies): ModelGateway {
  const { store, rests } = dependencies
  const caller: Caller = { ...dependencies, rotations: createCredentialRotations({ rests }) }
  const resolve = async (choice: ModelChoice, type: ModelType): Promise<CalledModel> => {
    const found = (await store.read(choice.caller.tenantId)).find({ ...choice, type })
    return { ...assertReady(found, choice), onBehalfOf: choice.caller }
  }
  const ask: AskInTurn = (ready, portOf) => {
    assertServes(portOf(clientOf(caller, ready, ready.credentials)), ready)
    return (use, sent) => callInTurn(caller, ready, (client) => use(assertServes(portOf(client), ready)), sent)
  }
  return {
    ...createSpeechGateway({ resolve, ask, findDefault: async (tenantId, type) => findDefault(await store.read(tenantId), type) }),
    async resolveLanguageModel(choice) {
      return toResolved(caller, await resolve(choice, 'llm'))
    },
    async findDefaultLanguageModel(onBehalfOf) {
      const model = findDefault(await store.read(onBehalfOf.tenantId), 'llm')
      return model && toResolved(caller, { ...model, onBehalfOf })
    },
    async resolveEmbeddingModel(choice) {
      const ready = await resolve(choice, 'text-embedding')
      const inTurn = ask(ready, (client) => client.embeddingModel?.(ready.entry.model))
      return {
        embed: (texts, ...more) =>
          inTurn(
            (model) => model.embed(texts, ...more),
            sentTexts(texts, ({ tokens }) => tokens),
          ),
      }
    },
    async resolveRerankModel(choice) {
      const ready = await resolve(choice, 'rerank')
      const inTurn = ask(ready, (client) => client.rerankModel?.(ready.entry.model))
      return {
        rerank: (query, documents, ...more) => inTurn((model) => model.rerank(query, documents, ...more), sentTexts([query, ...documents])),
      }
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
async function callInTurn<T>(
  caller: Caller,
  called: CalledModel,
  call: (client: ProviderClient) => Promise<T>,
  { worstCase, usageOf }: SentInTurn<T>,
): Promise<T> {
  const rotation = caller.rotations.begin(called)
  const metered = new MeteredCall(caller, called, worstCase)
  await metered.begin()
  for (;;) {
    try {
      const answer = await call(clientOf(caller, called, rotation.current.credentials))
      metered.end('succeeded', usageOf(answer))
      return answer
    } catch (error) {
      if (rotation.switchAfter(error)) continue
      metered.fail(error, { isAborted: false, ...usageOf() })
      throw toModelError(error, called)
    }
  }
}

function toResolved(caller: Caller, ready: CalledModel): ResolvedLanguageModel {
  const { provider, entry } = ready
  const open = (credentials: Credentials): LanguageModel =>
    assertServes(clientOf(caller, ready, credentials).languageModel?.(entry.model), ready)
  // What cannot be called is told before anything begins.
  const first = { credentials: ready.credentials, model: open(ready.credentials) }
  return {
    provider: toWireProviderId(provider.id),
    model: entry.model,
    entry,
    isPriced: entry.pricing !== undefined || provider.isKeyless === true,
    stream: (call, signal) =>
      streamModel(caller, ready, (credentials) => (credentials === first.credentials ? first.model : open(credentials)), { call, signal }),
    usageOf: (tokens, timing) => toUsage(entry, tokens, timing),
  }
}

function streamModel(
  caller: Caller,
  called: CalledModel,
  modelOf: (credentials: Credentials) => LanguageModel,
  { call, signal }: { readonly call: ModelCall; readonly signal: AbortSignal },
): AsyncIterable<ModelEvent> {
  const { logger } = caller
  const { provider, entry } = called
  const checked: ModelCall = { ...call, parameters: validateParameters(entry.parameterRules, call.parameters) }
  const rotation = caller.rotations.begin(called)
  const metered = new MeteredCall(caller, called, () => worstCaseOf(entry, checked))
  const spoken = new SpokenSoFar()
  const fieldsOf = (error: unknown) => ({ provider: provider.id, model: entry.model, key: rotation.current.name, ...failureFields(error) })
  const prompt = (): number => estimatePromptTokens(checked.messages)
  return streamWithRetry(() => modelOf(rotation.current.credentials).stream(checked, signal), {
    signal,
    begin: () => metered.begin(),
    switchAfter(error) {
      const fields = fieldsOf(error)
      const hasSwitched = rotation.switchAfter(error)
      if (hasSwitched) logger.warn(fields, 'A model call goes on with another key')
      return hasSwitched
    },
    onRetry: (error, delayMs) => logger.warn({ ...fieldsOf(error), delayMs }, 'A model call is tried again'),
    onEvent: (event) => spoken.add(event),
    onFinish: (usage) => metered.end('succeeded', usage),
    onFailure: (error) => {
      const outcome = metered.fail(error, { isAborted: signal.aborted, promptTokens: prompt(), completionTokens: spoken.tokens })
      if (outcome !== 'aborted') logger.warn({ ...fieldsOf(error), outcome }, 'A model call failed')
    },
    toError: (error) => toModelError(error, called),
    onLeave: () => metered.end('aborted', { promptTokens: prompt(), completionTokens: spoken.tokens, isEstimated: true }),
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
