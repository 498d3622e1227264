import type { Usage } from '@trellis/contracts'

/** What two calls used together. Unit prices are those of the later one; a currency is kept where the other has none. */
export function addUsage(sum: Usage | undefined, more: Usage | undefined): Usage | undefined {
  if (!sum || !more) return sum ?? more
  return {
    ...more,
    promptTokens: sum.promptTokens + more.promptTokens,
    completionTokens: sum.completionTokens + more.completionTokens,
    totalTokens: sum.totalTokens + more.totalTokens,
    promptPriceNano: sum.promptPriceNano + more.promptPriceNano,
    completionPriceNano: sum.completionPriceNano + more.completionPriceNano,
    totalPriceNano: sum.totalPriceNano + more.totalPriceNano,
    currency: more.currency || sum.currency,
    latencyMs: sum.latencyMs + more.latencyMs,
    firstTokenMs: sum.firstTokenMs,
  }
}
