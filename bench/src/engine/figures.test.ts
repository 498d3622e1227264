import { expect, it } from 'vitest'
import type { ContenderFigures } from './contender.ts'
import { type EngineFigures, ratioOf, rowsOf, verdictOf } from './figures.ts'
import { renderTable } from './report.ts'

const workload = { id: 'W1', title: 'ten nodes in a row', nodes: 10, expected: 10 } as const
const roundOf = (wallMicrosecondsARun: number): ContenderFigures => ({
  runs: 1,
  wallMicrosecondsARun,
  cpuMicrosecondsARun: 1,
  eventsARun: 20,
  loadedRssBytes: 1,
  rssBytes: 1,
})
const figuresOf = (ours: number): EngineFigures =>
  new Map([
    [
      workload,
      new Map([
        ['Trellis', [roundOf(ours), roundOf(ours * 10), roundOf(ours)]],
        ['XState', [roundOf(120)]],
        ['Plain functions', [roundOf(1)]],
      ] as const),
    ],
  ])
const nodeRow = (ours: number) => {
  const row = rowsOf(figuresOf(ours)).find(({ name }) => name.endsWith(': a node'))
  if (!row) throw new Error('no such row')
  return row
}

it('shares the time of the median round among the nodes', () => {
  expect(nodeRow(30).values).toEqual([3, 12, undefined, undefined, 0.1])
})

it('compares with the nearest engine, never with functions that tell nothing', () => {
  expect(ratioOf(nodeRow(30))).toBe(4)
})

it('judges the time of a node', () => {
  expect(verdictOf(nodeRow(50))).toBe('pass')
  expect(verdictOf(nodeRow(51))).toBe('miss')
})

it('shows all contenders side by side', () => {
  expect(renderTable(figuresOf(30))).toMatch(/W1 ten nodes in a row: a node +µs +≤ 5 +3\.00 +12\.00 +– +– +0\.10 +4\.00x +pass/)
})
