import { medianOf } from '../load/quantiles.ts'
import type { RunMeasurement } from './measure-runs.ts'

export const databases = ['SQLite', 'PostgreSQL'] as const

/** The rounds by database and number of connections. */
export type WorkflowFigures = Map<(typeof databases)[number], ReadonlyMap<number, readonly RunMeasurement[]>>

type Goal = { readonly least: number } | { readonly most: number }

export interface Row {
  readonly name: string
  readonly unit: string
  readonly digits: number
  readonly goal?: Goal
  readonly value: number
}

const LEAST_RUNS_A_SECOND = { SQLite: 3_000, PostgreSQL: 1_500 }
/** The number of connections that goals are for. */
const GOAL_CONNECTIONS = 50
const MOST_STATEMENTS_A_RUN = 3
const MEGABYTE = 1024 * 1024

export function rowsOf(figures: WorkflowFigures): Row[] {
  return [...figures].flatMap(([database, byConnections]) =>
    [...byConnections].flatMap(([connections, rounds]) => {
      const row = (label: string, unit: string, digits: number, pick: (round: RunMeasurement) => number, goal?: Goal): Row => ({
        name: `${database}, ${connections} connection${connections === 1 ? '' : 's'}: ${label}`,
        unit,
        digits,
        ...(goal && connections === GOAL_CONNECTIONS ? { goal } : {}),
        value: medianOf(rounds.map(pick)),
      })
      const aRun = (who: 'server' | 'database' | 'client') => (round: RunMeasurement) => (round.cpuMs[who] * 1000) / round.load.runs
      return [
        row('runs a second', '', 0, ({ load }) => (load.runs * 1000) / load.measuredMs, { least: LEAST_RUNS_A_SECOND[database] }),
        row('median', 'ms', 2, ({ load }) => load.totalMs.p50),
        row('p99', 'ms', 2, ({ load }) => load.totalMs.p99),
        row('CPU a run, server', 'µs', 0, aRun('server')),
        ...(database === 'PostgreSQL' ? [row('CPU a run, database', 'µs', 0, aRun('database'))] : []),
        row('CPU a run, load client', 'µs', 0, aRun('client')),
        row('database round trips a run', '', 2, ({ statementsARun }) => statementsARun, { most: MOST_STATEMENTS_A_RUN }),
        row('resident memory', 'MB', 0, ({ rssBytes }) => rssBytes / MEGABYTE),
      ]
    }),
  )
}

export const verdictOf = ({ goal, value }: Row): 'pass' | 'miss' | '' => {
  if (!goal) return ''
  return ('least' in goal ? value >= goal.least : value <= goal.most) ? 'pass' : 'miss'
}

export const goalText = ({ goal }: Row): string => {
  if (!goal) return ''
  return 'least' in goal ? `≥ ${goal.least}` : `≤ ${goal.most}`
}
