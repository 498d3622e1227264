import { AppError } from '@trellis/contracts'
import { toWireProviderId } from '@trellis/models'
import { ProviderError, type TokenUsage } from '@trellis/spec'
import type { ModelCaller } from './model-caller.ts'
import type { CallEnd, ModelMeter } from './model-meter.ts'
import type { ReadyModel } from './ready-model.ts'

export interface ModelCallSeen {
  readonly provider: string
  /** `succeeded`, `aborted`, or the kind of the provider's failure. */
  readonly outcome: string
  readonly seconds: number
  readonly promptTokens?: number
  readonly completionTokens?: number
}

/** A model that is ready, and on whose behalf it is called. */
export type CalledModel = ReadyModel & { readonly onBehalfOf: ModelCaller }

export interface MeteringDependencies {
  readonly meter: ModelMeter
  readonly onCall?: (seen: ModelCallSeen) => void
}

/** What was sent and heard before a call failed, estimated. */
export interface HeardSoFar extends TokenUsage {
  readonly isAborted: boolean
}

/** One call from its worst case to its end, whichever way that comes; a second end is none. */
export class MeteredCall {
  readonly #dependencies: MeteringDependencies
  readonly #called: CalledModel
  readonly #worstCase: () => Promise<TokenUsage>
  #startedAt = 0
  #settle: ((end: CallEnd) => void) | undefined

  constructor(dependencies: MeteringDependencies, called: CalledModel, worstCase: () => Promise<TokenUsage>) {
    this.#dependencies = dependencies
    this.#called = called
    this.#worstCase = worstCase
  }

  /** @throws AppError `provider_quota_exceeded` */
  async begin(): Promise<void> {
    const { onBehalfOf: caller, provider, entry } = this.#called
    this.#settle = await this.#dependencies.meter.begin({
      caller,
      provider: toWireProviderId(provider.id),
      model: entry.model,
      type: entry.type,
      pricing: entry.pricing,
      // Providers ask nothing for judging what is sent to them.
      isFree: provider.isKeyless === true || entry.type === 'moderation',
      worstCase: this.#worstCase,
    })
    this.#startedAt = performance.now()
  }

  end(outcome: string, usage: TokenUsage): void {
    const settle = this.#settle
    if (!settle) return
    this.#settle = undefined
    const latencyMs = performance.now() - this.#startedAt
    settle({ outcome, usage, latencyMs })
    const { promptTokens, completionTokens } = usage
    const told = outcome === 'succeeded' ? { promptTokens, completionTokens } : {}
    this.#dependencies.onCall?.({ provider: this.#called.provider.id, outcome, seconds: latencyMs / 1000, ...told })
  }

  /** What was refused, by the provider or before it, cost nothing; what broke off may have been worked on. Tells the outcome. */
  fail(error: unknown, { isAborted, ...heard }: HeardSoFar): string {
    const outcome = isAborted ? 'aborted' : ProviderError.is(error) ? error.kind : 'failed'
    const isRefused =
      heard.completionTokens === 0 && !isAborted && (AppError.is(error) || (ProviderError.is(error) && error.kind !== 'connection'))
    this.end(outcome, { ...(isRefused ? nothing : heard), isEstimated: true })
    return outcome
  }
}

const nothing = { promptTokens: 0, completionTokens: 0 }
