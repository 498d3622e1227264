export interface Quantiles {
  readonly count: number
  readonly mean: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

/** Exact percentiles by nearest rank; all zero where there are no samples. */
export function quantilesOf(samples: Iterable<number>): Quantiles {
  const sorted = Float64Array.from(samples).sort()
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  const mean = sorted.length === 0 ? 0 : sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return { count: sorted.length, mean, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: rank(1) }
}

/** The middle value; of an even number of them the mean of the middle two. Not a number where there are none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
