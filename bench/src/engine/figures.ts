import { medianOf } from '../load/quantiles.ts'
import type { ContenderFigures } from './contender.ts'
import type { Workload } from './workloads.ts'

/** Who is measured, in the order of the table's columns. The first is ours. */
export const contenders = [
  { name: 'Trellis', path: 'bench/src/engine/trellis-contender.ts' },
  { name: 'XState', path: 'bench/peers/xstate.mjs' },
  { name: 'Mastra', path: 'bench/peers/mastra.mjs' },
  { name: 'LangGraph', path: 'bench/peers/langgraph.mjs' },
  { name: 'Plain functions', path: 'bench/peers/plain.mjs' },
] as const

export type ContenderName = (typeof contenders)[number]['name']

/** The rounds of each contender, by workload. */
export type EngineFigures = ReadonlyMap<Workload, ReadonlyMap<ContenderName, readonly ContenderFigures[]>>

export interface Row {
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly most?: number
  /** In the order of `contenders`. */
  readonly values: readonly (number | undefined)[]
}

/** The goal of the engine: microseconds a node, with every event told. */
const MOST_MICROSECONDS_A_NODE = 5
const MEGABYTE = 1024 * 1024

export function rowsOf(figures: EngineFigures): Row[] {
  return [...figures].flatMap(([workload, rounds]) => {
    const row = (label: string, unit: string, digits: number, pick: (figure: ContenderFigures) => number, most?: number): Row => ({
      name: `${workload.id} ${workload.title}: ${label}`,
      unit,
      digits,
      ...(most === undefined ? {} : { most }),
      values: contenders.map(({ name }) => medianOrNone(rounds.get(name)?.map(pick))),
    })
    return [
      row('a node', 'µs', 2, (figure) => figure.wallMicrosecondsARun / workload.nodes, MOST_MICROSECONDS_A_NODE),
      row('CPU a node', 'µs', 2, (figure) => figure.cpuMicrosecondsARun / workload.nodes),
      row('events a run', '', 0, (figure) => figure.eventsARun),
      row('memory, engine loaded', 'MB', 0, (figure) => figure.loadedRssBytes / MEGABYTE),
      row('memory, while it runs', 'MB', 0, (figure) => figure.rssBytes / MEGABYTE),
    ]
  })
}

const medianOrNone = (values: readonly number[] | undefined): number | undefined =>
  values === undefined || values.length === 0 ? undefined : medianOf(values)

/** What the nearest other engine needs, in multiples of ours. Plain functions are no engine: they tell nothing. */
export function ratioOf({ values }: Row): number | undefined {
  const [ours, ...others] = values.slice(0, -1)
  const known = others.filter((value) => value !== undefined)
  return ours === undefined || ours === 0 || known.length === 0 ? undefined : Math.min(...known) / ours
}

export const verdictOf = ({ most, values: [ours] }: Row): 'pass' | 'miss' | '' => {
  if (most === undefined || ours === undefined) return ''
  return ours <= most ? 'pass' : 'miss'
}
