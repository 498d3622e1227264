import type { Usage } from '@trellis/contracts'
import type { CatalogModel, EmbeddingModel, ModelCall, ModelEvent, ModelType, RerankModel, TokenUsage } from '@trellis/spec'
import type { SpeechGateway } from './gateway-speech.ts'
import type { ModelCaller } from './model-caller.ts'

/** A model of a workspace's, ready to be called: credentials found, parameters known. */
export interface ResolvedLanguageModel {
  /** Provider id as stored by apps, such as `langgenius/openai/openai`. */
  readonly provider: string
  readonly model: string
  readonly entry: CatalogModel
  /** Whether it is known what a call costs: by its prices, or because it costs nothing. */
  readonly isPriced: boolean
  /**
   * Calls the model. Retries and other credentials are tried until the first event; what fails after that, fails.
   * Rejects (or throws in mid-stream) with a coded AppError; an abort rejects with the signal's reason.
   */
  stream(call: ModelCall, signal: AbortSignal): AsyncIterable<ModelEvent>
  /** Prices the tokens; `timing` in milliseconds. */
  usageOf(tokens: TokenUsage, timing: { readonly latencyMs: number; readonly firstTokenMs: number | null }): Usage
}

export interface ModelName {
  /** Bare (`openai`) or whole (`langgenius/openai/openai`). */
  readonly provider: string
  readonly model: string
}

/** A model, and on whose behalf it is called. */
export interface ModelChoice extends ModelName {
  readonly caller: ModelCaller
}

/** The one way from features to models: credentials, retries, cost, trace. */
export interface ModelGateway extends SpeechGateway {
  /** @throws AppError `provider_not_initialize`, `model_currently_not_support` */
  resolveLanguageModel(choice: ModelChoice): Promise<ResolvedLanguageModel>
  /** The workspace's default language model, or the first usable one; undefined where there is none. */
  findDefaultLanguageModel(caller: ModelCaller): Promise<ResolvedLanguageModel | undefined>
  resolveEmbeddingModel(choice: ModelChoice): Promise<EmbeddingModel>
  resolveRerankModel(choice: ModelChoice): Promise<RerankModel>
  /** The catalogue's entry, whether or not it can be called now. */
  describeModel(model: ModelName & { readonly tenantId: string; readonly type: ModelType }): Promise<CatalogModel | undefined>
}
