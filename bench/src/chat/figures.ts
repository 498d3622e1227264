import type { FirstEvent, OpenStreams, Saturated } from './scenarios.ts'

/** All that was measured. The maps go by target: provider, limit, trellis. */
export interface ChatFigures {
  readonly starts?: {
    readonly firstHealthMs: number
    readonly firstPageMs: number
    readonly nextHealthMs: number
    readonly nextPageMs: number
  }
  readonly idle?: { readonly rssBytes: number; readonly pssBytes: number }
  readonly firstEvent: readonly { readonly users: number; readonly byTarget: ReadonlyMap<string, FirstEvent> }[]
  readonly openStreams: readonly ReadonlyMap<string, OpenStreams>[]
  readonly saturated: ReadonlyMap<string, Saturated>
}

export interface Row {
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly goal?: { readonly most: number }
  readonly trellis?: number | undefined
  /** The bare proxy's figure in the same run. */
  readonly limit?: number | undefined
}

const MEGABYTE = 1024 * 1024
const KILOBYTE = 1024

/** The table, goals from the foundation's acceptance list. */
export function rowsOf(figures: ChatFigures): Row[] {
  return [...firstEventRows(figures), ...openStreamRows(figures), ...saturatedRows(figures), ...startRows(figures)]
}

function firstEventRows({ firstEvent }: ChatFigures): Row[] {
  return firstEvent.flatMap(({ users, byTarget }) => {
    const provider = byTarget.get('provider')
    const added = (name: string, key: 'p50Ms' | 'p99Ms'): number | undefined => {
      const figure = byTarget.get(name)
      return figure && provider ? figure[key] - provider[key] : undefined
    }
    const row = (key: 'p50Ms' | 'p99Ms', label: string, most: number): Row => ({
      name: `First event above the provider, ${users} user${users === 1 ? '' : 's'}, ${label}`,
      unit: 'ms',
      digits: 2,
      ...(users === 10 ? { goal: { most } } : {}),
      trellis: added('trellis', key),
      limit: added('limit', key),
    })
    return [row('p50Ms', 'median', 5), row('p99Ms', 'p99', 20)]
  })
}

function openStreamRows({ openStreams }: ChatFigures): Row[] {
  const rows = openStreams.flatMap((byTarget) => {
    const trellis = byTarget.get('trellis')
    const limit = byTarget.get('limit')
    const streams = (trellis ?? limit)?.streams ?? 0
    const row = (label: string, unit: string, digits: number, pick: (figure: OpenStreams) => number, most?: number): Row => ({
      name: `${streams} open streams: ${label}`,
      unit,
      digits,
      ...(most !== undefined && streams === 1000 ? { goal: { most } } : {}),
      trellis: trellis && pick(trellis),
      limit: limit && pick(limit),
    })
    return [
      row('lateness of the worst stream, p95', 'ms', 1, (figure) => figure.worstStreamP95Ms, 100),
      row('lateness of all tokens, median', 'ms', 1, (figure) => figure.lateP50Ms),
      row('lateness of all tokens, p99', 'ms', 1, (figure) => figure.lateP99Ms),
      row('tokens missing or late beyond the measurement', '%', 2, (figure) => Math.max(0, (1 - figure.arrivedShare) * 100), 1),
      row('CPU of one core', '%', 1, (figure) => figure.cpuPercent.target, 80),
      row('memory a stream', 'KB', 1, (figure) => figure.bytesPerStream / KILOBYTE, 60),
    ]
  })
  const first = openStreams[0]
  const last = openStreams.at(-1)
  if (!first || !last || first === last) return rows
  const slope = (name: string): number | undefined => {
    const [few, many] = [first.get(name), last.get(name)]
    return few && many ? (many.rssBytes - few.rssBytes) / (many.streams - few.streams) / KILOBYTE : undefined
  }
  return [...rows, { name: 'Memory of each further stream', unit: 'KB', digits: 1, trellis: slope('trellis'), limit: slope('limit') }]
}

function saturatedRows({ saturated }: ChatFigures): Row[] {
  const [trellis, limit] = [saturated.get('trellis'), saturated.get('limit')]
  const row = (label: string, unit: string, digits: number, pick: (figure: Saturated) => number, most?: number): Row => ({
    name: `Saturated: ${label}`,
    unit,
    digits,
    ...(most === undefined ? {} : { goal: { most } }),
    trellis: trellis && pick(trellis),
    limit: limit && pick(limit),
  })
  return [
    row('CPU per 1,000 tokens', 'ms', 2, (figure) => figure.cpuMsPerThousandTokens, 11),
    row('tokens a second', '', 0, (figure) => figure.tokensPerSecond),
    row('events a second', '', 0, (figure) => figure.framesPerSecond),
    row('answers a second', '', 1, (figure) => figure.answersPerSecond),
  ]
}

function startRows({ starts, idle }: ChatFigures): Row[] {
  const row = (name: string, trellis: number | undefined, most?: number): Row => ({
    name,
    unit: 'ms',
    digits: 0,
    ...(most === undefined ? {} : { goal: { most } }),
    trellis,
  })
  return [
    row('First start, empty folder: /health', starts?.firstHealthMs),
    row('First start, empty folder: first page', starts?.firstPageMs),
    row('Next start: /health', starts?.nextHealthMs),
    row('Next start: first page', starts?.nextPageMs, 2000),
    { name: 'Idle: resident memory with children', unit: 'MB', digits: 1, goal: { most: 200 }, trellis: idle && idle.rssBytes / MEGABYTE },
    { name: 'Idle: proportional memory with children', unit: 'MB', digits: 1, trellis: idle && idle.pssBytes / MEGABYTE },
  ]
}

export type Verdict = 'pass' | 'miss' | ''

export const verdictOf = ({ goal, trellis }: Row): Verdict => {
  if (!goal || trellis === undefined) return ''
  return trellis <= goal.most ? 'pass' : 'miss'
}
