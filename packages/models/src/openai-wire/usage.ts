import type { TokenUsage } from '@trellis/spec'
import { asRecord } from './error.ts'

const countOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined

/** A provider's `usage`, or undefined where it counts nothing. */
export function toUsage(value: unknown): TokenUsage | undefined {
  const usage = asRecord(value)
  const promptTokens = countOf(usage.prompt_tokens)
  const completionTokens = countOf(usage.completion_tokens)
  if (promptTokens === undefined && completionTokens === undefined) return undefined
  const cached =
    countOf(asRecord(usage.prompt_tokens_details).cached_tokens) ?? countOf(usage.prompt_cache_hit_tokens) ?? countOf(usage.cached_tokens)
  const reasoning = countOf(asRecord(usage.completion_tokens_details).reasoning_tokens) ?? countOf(usage.reasoning_tokens)
  const prompt = promptTokens ?? 0
  const said = completionTokens ?? 0
  // xAI counts reasoning beside the completion, everybody else within it; the total tells.
  const isBeside = reasoning !== undefined && reasoning > 0 && countOf(usage.total_tokens) === prompt + said + reasoning
  return {
    promptTokens: prompt,
    completionTokens: isBeside ? said + reasoning : said,
    ...(cached ? { cachedPromptTokens: cached } : {}),
    ...(reasoning ? { reasoningTokens: reasoning } : {}),
  }
}
