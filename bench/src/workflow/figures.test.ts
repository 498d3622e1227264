import { expect, it } from 'vitest'
import { rowsOf, verdictOf, type WorkflowFigures } from './figures.ts'
import type { RunMeasurement } from './measure-runs.ts'
import { failuresOf, renderTable } from './report.ts'

const quantiles = { count: 1, mean: 1, p50: 1, p95: 1, p99: 1, max: 1 }
const roundOf = (runs: number, errors = {}): RunMeasurement => ({
  load: { runs, measuredMs: 2_000, totalMs: quantiles, errors },
  cpuMs: { server: 1_000, database: 500, client: 300 },
  statementsARun: 2.5,
  rssBytes: 1,
})
const figures: WorkflowFigures = new Map([
  [
    'SQLite',
    new Map([
      [1, [roundOf(100)]],
      [50, [roundOf(6_000), roundOf(8_000), roundOf(1)]],
    ]),
  ],
  ['PostgreSQL', new Map([[50, [roundOf(2_000, { 'HTTP 500: no': 3 })]]])],
])
const rowOf = (name: string) => rowsOf(figures).find((row) => row.name === name)

it('judges the median round at fifty connections, each database by its own goal', () => {
  const verdict = (name: string) => {
    const row = rowOf(`${name}: runs a second`)
    return row && [row.value, verdictOf(row)]
  }
  expect(verdict('SQLite, 50 connections')).toEqual([3_000, 'pass'])
  expect(verdict('PostgreSQL, 50 connections')).toEqual([1_000, 'miss'])
  expect(verdict('SQLite, 1 connection')).toEqual([50, ''])
})

it('tells the CPU of the database where that is a process of its own', () => {
  expect(rowOf('PostgreSQL, 50 connections: CPU a run, database')?.value).toBe(250)
  expect(rowOf('SQLite, 50 connections: CPU a run, database')).toBeUndefined()
})

it('shows goals and failures', () => {
  expect(renderTable(figures)).toMatch(/PostgreSQL, 50 connections: database round trips a run +≤ 3 +2\.50 +pass/)
  expect(failuresOf(figures)).toEqual(['PostgreSQL, 50 connections: 3 x HTTP 500: no'])
})
