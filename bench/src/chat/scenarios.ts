import { answerPieces } from '../../../tools/fake-openai/index.ts'
import { medianOf } from '../load/quantiles.ts'
import { memoryOf, processTree } from '../process/process-stats.ts'
import { type Measurement, measure, pause } from './measure.ts'
import type { Target } from './target.ts'

/** How long and how often everything is measured. */
export interface Scale {
  readonly rounds: number
  readonly warmUpMs: number
  readonly firstEventMs: number
  readonly saturatedMs: number
  readonly streamCounts: readonly number[]
  readonly holdMs: number
  readonly idleMs: number
  readonly starts: number
}

export const fullScale: Scale = {
  rounds: 3,
  warmUpMs: 2_000,
  firstEventMs: 10_000,
  saturatedMs: 8_000,
  streamCounts: [100, 500, 1000],
  holdMs: 20_000,
  idleMs: 10_000,
  starts: 3,
}

/** Proves that everything runs; its figures mean little. */
export const quickScale: Scale = {
  rounds: 1,
  warmUpMs: 500,
  firstEventMs: 1_500,
  saturatedMs: 1_500,
  streamCounts: [100],
  holdMs: 2_000,
  idleMs: 500,
  starts: 1,
}

export interface Bench {
  readonly provider: Target
  readonly scale: Scale
  /** Called before each round. */
  say(text: string): void
}

/** Failures by reason; they void a figure and are shown beside it. */
export type Failures = Readonly<Record<string, number>>

export interface FirstEvent {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
  readonly failures: Failures
}

/** Short answers at an everyday pace, so that what is measured is the way and not the queue. */
const SHORT_ANSWER = { tokens: 10, rate: 50 }

export async function firstEvent(bench: Bench, targets: readonly Target[], users: number): Promise<Map<string, FirstEvent>> {
  const task = { kind: 'loop', users, rampMs: 200, settleMs: bench.scale.warmUpMs, measureMs: bench.scale.firstEventMs } as const
  const expectedCharacters = charactersOf(SHORT_ANSWER.tokens)
  const rounds = await inRounds(bench, targets, `first event, ${users} users`, (target) =>
    measure({ target, provider: bench.provider, behaviour: SHORT_ANSWER, task: { ...task, expectedCharacters } }),
  )
  return mapValues(rounds, (measurements) => ({
    p50Ms: medianOf(measurements.map(({ load }) => load.firstEventMs.p50)),
    p95Ms: medianOf(measurements.map(({ load }) => load.firstEventMs.p95)),
    p99Ms: medianOf(measurements.map(({ load }) => load.firstEventMs.p99)),
    failures: failuresOf(measurements),
  }))
}

export interface Saturated {
  readonly cpuMsPerThousandTokens: number
  readonly tokensPerSecond: number
  readonly framesPerSecond: number
  readonly answersPerSecond: number
  readonly cpuPercent: { readonly target: number; readonly provider: number; readonly client: number }
  readonly failures: Failures
}

export const LONG_ANSWER_TOKENS = 500

/** Ten users who ask again at once for answers that come as fast as they are taken. */
export async function saturated(bench: Bench, targets: readonly Target[]): Promise<Map<string, Saturated>> {
  const rounds = await inRounds(bench, targets, 'saturated', (target) => measureSaturated(bench, target, bench.scale.saturatedMs))
  return mapValues(rounds, (measurements) => ({
    cpuMsPerThousandTokens: medianOf(measurements.map(({ cpuMs, load }) => (cpuMs.target * 1000) / (load.answers * LONG_ANSWER_TOKENS))),
    tokensPerSecond: medianOf(measurements.map(({ load }) => perSecond(load.answers * LONG_ANSWER_TOKENS, load.measuredMs))),
    framesPerSecond: medianOf(measurements.map(({ load }) => perSecond(load.frames, load.measuredMs))),
    answersPerSecond: medianOf(measurements.map(({ load }) => perSecond(load.answers, load.measuredMs))),
    cpuPercent: cpuPercentOf(measurements),
    failures: failuresOf(measurements),
  }))
}

export const measureSaturated = (bench: Bench, target: Target, measureMs: number): Promise<Measurement> =>
  measure({
    target,
    provider: bench.provider,
    behaviour: { tokens: LONG_ANSWER_TOKENS },
    task: {
      kind: 'loop',
      users: 10,
      rampMs: 200,
      settleMs: bench.scale.warmUpMs,
      measureMs,
      expectedCharacters: charactersOf(LONG_ANSWER_TOKENS),
    },
  })

export interface OpenStreams {
  readonly streams: number
  readonly cpuPercent: { readonly target: number; readonly provider: number; readonly client: number }
  readonly lateP50Ms: number
  readonly lateP95Ms: number
  readonly lateP99Ms: number
  readonly lateMaxMs: number
  readonly worstStreamP95Ms: number
  readonly rampLateP95Ms: number
  readonly providerLagP95Ms: number
  /** Tokens that arrived within the measured time, of those that were due. */
  readonly arrivedShare: number
  readonly rssBytes: number
  /** What the target grew by since it was idle, a stream. */
  readonly bytesPerStream: number
  readonly failures: Failures
}

const STREAM_RATE = 20
const ARRIVALS_PER_SECOND = 200

/** Streams that stay open, each at twenty tokens a second. */
export async function openStreams(
  bench: Bench,
  targets: readonly Target[],
  streams: number,
  idleRss: ReadonlyMap<string, number>,
): Promise<Map<string, OpenStreams>> {
  const { holdMs } = bench.scale
  const rampMs = (streams / ARRIVALS_PER_SECOND) * 1000
  const settleMs = 1_500
  // Enough for the first arrival to last beyond the end, however late the machine is.
  const tokens = Math.ceil(((rampMs + settleMs + holdMs + 15_000) / 1000) * STREAM_RATE)
  const rounds = await inRounds(bench, targets, `${streams} open streams`, (target) =>
    measure({
      target,
      provider: bench.provider,
      behaviour: { tokens, rate: STREAM_RATE, stamp: true },
      task: { kind: 'hold', users: streams, rampMs, settleMs, measureMs: holdMs },
    }),
  )
  return mapValues(rounds, (measurements, name) => {
    const median = (pick: (measurement: Measurement) => number): number => medianOf(measurements.map(pick))
    const rssBytes = median((measurement) => measurement.rssBytes)
    return {
      streams,
      cpuPercent: cpuPercentOf(measurements),
      lateP50Ms: median(({ load }) => load.latenessMs.p50),
      lateP95Ms: median(({ load }) => load.latenessMs.p95),
      lateP99Ms: median(({ load }) => load.latenessMs.p99),
      lateMaxMs: median(({ load }) => load.latenessMs.max),
      worstStreamP95Ms: median(({ load }) => load.worstStreamP95Ms),
      rampLateP95Ms: median(({ load }) => load.rampLatenessMs.p95),
      providerLagP95Ms: median((measurement) => measurement.providerLagP95Ms),
      arrivedShare: median(({ load }) => load.tokens / ((streams * STREAM_RATE * load.measuredMs) / 1000)),
      rssBytes,
      bytesPerStream: (rssBytes - (idleRss.get(name) ?? 0)) / streams,
      failures: failuresOf(measurements),
    }
  })
}

/** Resident memory after a rest, by target. */
export async function idleMemory(targets: readonly Target[], restMs: number): Promise<Map<string, number>> {
  await pause(restMs)
  return new Map(targets.map(({ name, child }) => [name, memoryOf(processTree(child.pid)).rssBytes]))
}

/** Round by round through all targets, every second round backwards, so that what drifts touches all alike. */
async function inRounds(
  bench: Bench,
  targets: readonly Target[],
  title: string,
  run: (target: Target) => Promise<Measurement>,
): Promise<Map<string, Measurement[]>> {
  const results = new Map<string, Measurement[]>(targets.map(({ name }) => [name, []]))
  for (let round = 0; round < bench.scale.rounds; round += 1) {
    for (const target of round % 2 === 0 ? targets : targets.toReversed()) {
      bench.say(`${title}: ${target.name}, round ${round + 1} of ${bench.scale.rounds}`)
      results.get(target.name)?.push(await run(target))
    }
  }
  return results
}

const mapValues = <In, Out>(map: ReadonlyMap<string, In>, convert: (value: In, key: string) => Out): Map<string, Out> =>
  new Map([...map].map(([key, value]) => [key, convert(value, key)]))

const charactersOf = (tokens: number): number => answerPieces({ tokens }).join('').length
const perSecond = (count: number, ms: number): number => (count * 1000) / ms

function cpuPercentOf(measurements: readonly Measurement[]): Saturated['cpuPercent'] {
  const percent = (who: 'target' | 'provider' | 'client'): number =>
    medianOf(measurements.map(({ cpuMs, load }) => (cpuMs[who] / load.measuredMs) * 100))
  return { target: percent('target'), provider: percent('provider'), client: percent('client') }
}

function failuresOf(measurements: readonly Measurement[]): Failures {
  const sum: Record<string, number> = {}
  for (const { load } of measurements) {
    for (const [reason, count] of Object.entries(load.errors)) sum[reason] = (sum[reason] ?? 0) + count
  }
  return sum
}
