import type { ModelPricing, ModelType, TokenUsage } from '@trellis/spec'
import type { ModelCaller } from './model-caller.ts'

/** A call that is about to be made. */
export interface CallToMeter {
  readonly caller: ModelCaller
  /** As on the wire. */
  readonly provider: string
  readonly model: string
  readonly type: ModelType
  readonly pricing: ModelPricing | undefined
  /** The provider takes no key, so that there is nobody to pay. */
  readonly isFree: boolean
  /** The most that it can use. Counting costs time: asked only where somebody wants to know. */
  readonly worstCase: () => Promise<TokenUsage>
}

/** What became of it, retries and other credentials counted as one call. */
export interface CallEnd {
  /** `succeeded`, `aborted`, or the kind of the provider's failure. */
  readonly outcome: string
  /** Estimated where the provider did not tell. */
  readonly usage: TokenUsage
  readonly latencyMs: number
}

/** Books what calls use, and holds them to budgets. */
export interface ModelMeter {
  /**
   * Before anything is sent. What it gives is called once, when the call is over.
   * @throws AppError `provider_quota_exceeded` where a budget does not cover the call
   */
  begin(call: CallToMeter): Promise<(end: CallEnd) => void>
}
