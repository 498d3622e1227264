import { nanoToDecimal } from '@trellis/contracts'

/** Turns of one conversation in one currency, as the database added them up. */
export interface TurnSums {
  readonly currency: string
  readonly messages: number | string
  readonly failed: number | string
  /** They wait for somebody. */
  readonly paused: number | string
  readonly stopped: number | string
  readonly prompt_tokens: number | string
  readonly completion_tokens: number | string
  readonly price_nano: number | string
  readonly latency_ms: number | string
  /** Turns whose latency is known. */
  readonly timed: number | string
}

export interface ConversationTotals {
  readonly messageCount: number
  readonly failedCount: number
  readonly pausedCount: number
  readonly stoppedCount: number
  readonly totalTokens: number
  /** Decimal. Where turns were billed in several currencies: the one that most was spent in. */
  readonly totalPrice: string
  readonly currency: string
  /** Seconds. */
  readonly averageLatency: number
}

export function addUp(sums: readonly TurnSums[]): ConversationTotals {
  const total = (read: (row: TurnSums) => number | string): number => sums.reduce((sum, row) => sum + Number(read(row)), 0)
  const dearest = sums.toSorted((a, b) => Number(b.price_nano) - Number(a.price_nano))[0]
  const timed = total((row) => row.timed)
  return {
    messageCount: total((row) => row.messages),
    failedCount: total((row) => row.failed),
    pausedCount: total((row) => row.paused),
    stoppedCount: total((row) => row.stopped),
    totalTokens: total((row) => row.prompt_tokens) + total((row) => row.completion_tokens),
    totalPrice: nanoToDecimal(Number(dearest?.price_nano ?? 0)),
    currency: dearest?.currency ?? 'USD',
    averageLatency: timed === 0 ? 0 : Math.round(total((row) => row.latency_ms) / timed) / 1000,
  }
}

/** How often a conversation's answers were liked and disliked by one kind of rater. */
export interface RatingCounts {
  readonly like: number
  readonly dislike: number
}

export interface RatingCount {
  readonly from_source: 'user' | 'admin'
  readonly rating: 'like' | 'dislike'
  readonly count: number | string
}

export function countRatingsOf(counts: readonly RatingCount[], source: RatingCount['from_source']): RatingCounts {
  const countOf = (rating: RatingCount['rating']): number =>
    Number(counts.find((row) => row.from_source === source && row.rating === rating)?.count ?? 0)
  return { like: countOf('like'), dislike: countOf('dislike') }
}
