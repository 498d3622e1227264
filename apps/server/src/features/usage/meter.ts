import { toFlag } from '@trellis/db'
import { newId } from '@trellis/kit'
import { costOf } from '@trellis/models'
import type { Clock, TokenUsage } from '@trellis/spec'
import type { Budgets } from '../budgets/index.ts'
import type { CallEnd, CallToMeter, ModelMeter } from '../models/index.ts'
import { type DollarRates, toUsdNano } from './dollars.ts'
import type { CallRow } from './ledger.repository.ts'
import type { Ledger } from './ledger.ts'

export interface MeterDependencies {
  readonly clock: Clock
  readonly ledger: Ledger
  readonly budgets: Pick<Budgets, 'reserve'>
  readonly rates: DollarRates
}

/** Reserves the worst case of a call where a budget asks for it, books what it was, and gives the rest back. */
export function createMeter({ clock, ledger, budgets, rates }: MeterDependencies): ModelMeter {
  return {
    async begin(call) {
      const startedAt = clock.now()
      const priced = price(call, rates)
      const worst = async () => {
        const usage = await call.worstCase()
        return { allNano: priced(usage).usdNano, promptNano: priced({ ...usage, completionTokens: 0 }).usdNano }
      }
      const { isPriced } = priced(nothing)
      const settle = await budgets.reserve(call.caller, { model: call.model, isPriced, worst })
      return (end) => {
        const cost = priced(end.usage)
        settle?.(cost.usdNano)
        ledger.add(toRow(call, end, { ...cost, startedAt }))
      }
    },
  }
}

const nothing: TokenUsage = { promptTokens: 0, completionTokens: 0 }

interface Cost {
  readonly priceNano: number
  readonly currency: string
  readonly usdNano: number
  /** False where nobody knows what it costs. */
  readonly isPriced: boolean
}

function price({ pricing, isFree }: CallToMeter, rates: DollarRates): (usage: TokenUsage) => Cost {
  if (!pricing) return () => ({ priceNano: 0, currency: 'USD', usdNano: 0, isPriced: isFree })
  return (usage) => {
    const { totalNano, currency } = costOf(pricing, usage)
    const usdNano = toUsdNano(rates, currency, totalNano)
    return { priceNano: totalNano, currency, usdNano: usdNano ?? 0, isPriced: usdNano !== undefined }
  }
}

const toRow = (
  { caller, provider, model, type }: CallToMeter,
  { outcome, usage, latencyMs }: CallEnd,
  { priceNano, currency, usdNano, isPriced, startedAt }: Cost & { readonly startedAt: number },
): CallRow => ({
  id: newId(),
  tenant_id: caller.tenantId,
  app_id: caller.appId,
  api_key_id: caller.apiKeyId,
  end_user_id: caller.endUserId,
  account_id: caller.accountId,
  run_id: caller.runId,
  message_id: caller.messageId,
  purpose: caller.purpose,
  provider,
  model,
  model_type: type,
  outcome,
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  is_estimated: toFlag(usage.isEstimated === true),
  price_nano: priceNano,
  currency,
  cost_usd_nano: usdNano,
  is_priced: toFlag(isPriced),
  latency_ms: Math.round(latencyMs),
  created_at: startedAt,
})
