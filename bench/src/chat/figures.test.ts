import { expect, it } from 'vitest'
import { rowsOf, verdictOf } from './figures.ts'
import { renderTable } from './report.ts'
import type { Saturated } from './scenarios.ts'

const saturatedAt = (cpuMsPerThousandTokens: number): Saturated => ({
  cpuMsPerThousandTokens,
  tokensPerSecond: 1,
  framesPerSecond: 1,
  answersPerSecond: 1,
  cpuPercent: { target: 1, provider: 1, client: 1 },
  failures: {},
})
const firstEventAt = (p50Ms: number, p99Ms: number) => ({ p50Ms, p95Ms: p99Ms, p99Ms, failures: {} })

const figures = {
  firstEvent: [
    {
      users: 10,
      byTarget: new Map([
        ['provider', firstEventAt(1, 3)],
        ['limit', firstEventAt(2, 5)],
        ['trellis', firstEventAt(5, 25)],
      ]),
    },
  ],
  openStreams: [],
  saturated: new Map([
    ['limit', saturatedAt(5)],
    ['trellis', saturatedAt(10)],
  ]),
}
const rowOf = (name: string) => rowsOf(figures).find((row) => row.name.startsWith(name))

it('counts the first event from what the provider itself needs', () => {
  expect(rowOf('First event above the provider, 10 users, median')).toMatchObject({ trellis: 4, limit: 1 })
})

it('judges figures that have a goal, and only those that were measured', () => {
  const verdicts = rowsOf(figures).map((row) => [row.name, verdictOf(row)])
  expect(verdicts).toContainEqual(['First event above the provider, 10 users, median', 'pass'])
  expect(verdicts).toContainEqual(['First event above the provider, 10 users, p99', 'miss'])
  expect(verdicts).toContainEqual(['Saturated: CPU per 1,000 tokens', 'pass'])
  expect(verdicts).toContainEqual(['Next start: first page', ''])
})

it('shows each figure beside its goal and the limit', () => {
  expect(renderTable(figures)).toMatch(/Saturated: CPU per 1,000 tokens +ms +≤ 11 +10\.00 +5\.00 +2\.00x +pass/)
})
