import { type Figures, nanoToDecimal } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Measure } from './measured.ts'
import {
  countPeople,
  countRatings,
  rankLatencies,
  type SpanLatencies,
  type SpanPeople,
  type SpanRatings,
  type SpanSums,
  sumSpans,
} from './statistics.repository.ts'

/** What is known of one span. */
export interface SpanFigures extends Figures {
  /** Milliseconds. */
  readonly start: number
  /** Milliseconds on average; null where no latency is known. */
  readonly averageLatencyMs: number | null
}

/** The figures of each span, in their order; spans in which nothing happened are there too. */
export async function measure(db: Db, given: Measure): Promise<SpanFigures[]> {
  const [sums, people, latencies, ratings] = await Promise.all([
    sumSpans(db, given),
    countPeople(db, given),
    rankLatencies(db, given),
    given.app.mode === 'workflow' ? [] : countRatings(db, given),
  ])
  const sumsBySpan = Map.groupBy(sums, ({ span }) => Number(span))
  const peopleBySpan = bySpan(people)
  const latenciesBySpan = bySpan(latencies)
  const ratingsBySpan = bySpan(ratings)
  return given.starts.map((start, span) => ({
    start,
    ...toFigures({
      sums: sumsBySpan.get(span) ?? [],
      people: peopleBySpan.get(span),
      latencies: latenciesBySpan.get(span),
      ratings: ratingsBySpan.get(span),
    }),
    ...(given.app.mode === 'workflow' && { conversations: null }),
  }))
}

const bySpan = <T extends { readonly span: number | string }>(rows: readonly T[]): ReadonlyMap<number, T> =>
  new Map(rows.map((row) => [Number(row.span), row]))

interface SpanParts {
  readonly sums: readonly SpanSums[]
  readonly people: SpanPeople | undefined
  readonly latencies: SpanLatencies | undefined
  readonly ratings: SpanRatings | undefined
}

function toFigures({ sums, people, latencies, ratings }: SpanParts): Omit<SpanFigures, 'start'> {
  const total = (read: (row: SpanSums) => number | string): number => sums.reduce((sum, row) => sum + Number(read(row)), 0)
  const timedMs = total((row) => row.timed_ms)
  const timedTokens = total((row) => row.timed_tokens)
  return {
    messages: total((row) => row.messages),
    conversations: Number(people?.conversations ?? 0),
    users: Number(people?.users ?? 0),
    tokens: total((row) => row.tokens),
    costs: sums
      .filter((row) => Number(row.price_nano) > 0)
      .map((row) => ({ currency: row.currency, amount: nanoToDecimal(Number(row.price_nano)) }))
      .toSorted((a, b) => a.currency.localeCompare(b.currency)),
    latency_p50: toSecondsOrNull(latencies?.p50),
    latency_p95: toSecondsOrNull(latencies?.p95),
    tokens_per_second: timedMs > 0 && timedTokens > 0 ? round((1000 * timedTokens) / timedMs, 2) : null,
    failed: total((row) => row.failed),
    liked: Number(ratings?.liked ?? 0),
    disliked: Number(ratings?.disliked ?? 0),
    averageLatencyMs: latencies?.average === null || latencies?.average === undefined ? null : Number(latencies.average),
  }
}

const toSecondsOrNull = (milliseconds: number | string | null | undefined): number | null =>
  milliseconds === null || milliseconds === undefined ? null : Number(milliseconds) / 1000

export const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
