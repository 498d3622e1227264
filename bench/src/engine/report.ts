import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { renderColumns, renderRows } from '../table.ts'
import { contenders, type EngineFigures, type Row, ratioOf, rowsOf, verdictOf } from './figures.ts'

export interface EngineReport {
  readonly machine: Machine
  /** Share of the machine's CPU that others took meanwhile; above a tenth the times say little, CPU says more. */
  readonly othersCpuPercent: number
  readonly rounds: number
  readonly measureMs: number
  /** Exact versions of the other engines, by package. */
  readonly versions: Readonly<Record<string, string>>
  readonly figures: EngineFigures
}

const header = ['Measure', 'Unit', 'Goal', ...contenders.map(({ name }) => name), 'Ratio', 'Verdict']

function cells(row: Row): readonly string[] {
  const ratio = ratioOf(row)
  return [
    row.name,
    row.unit,
    row.most === undefined ? '' : `≤ ${row.most}`,
    ...row.values.map((value) => (value === undefined ? '–' : value.toFixed(row.digits))),
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    verdictOf(row),
  ]
}

const linesOf = (figures: EngineFigures): readonly (readonly string[])[] => [header, ...rowsOf(figures).map(cells)]

/** The table in columns, for a terminal. */
export const renderTable = (figures: EngineFigures): string => renderColumns(linesOf(figures))

export function renderMarkdown({ machine, othersCpuPercent, rounds, measureMs, versions, figures }: EngineReport, date: string): string {
  const others = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [
    '# Engine: what a node costs',
    '',
    `Written by \`npm run bench -- engine\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Node ${machine.node}, ${machine.platform}.`,
    `Beside ${others.join(', ')}, in one run. Median of ${rounds} rounds of ${measureMs / 1000} s, each in a process of its own, after a warm-up; other processes took ${othersCpuPercent.toFixed(1)} % of the machine meanwhile.`,
    '',
    ...renderRows(linesOf(figures)),
    '',
    '- Every engine runs the same work, its answer is checked, and a listener is told of every start and end of a node, as each engine tells it. Plain functions are awaited one by one and tell nobody.',
    '- A node: the time of a run, shared among the nodes that have work. What an engine adds (starts, ends, joins) is in the time and not in the number.',
    '- Nothing is stored. Nodes are trivial: what remains is the engine.',
    '- Ratio: what the nearest other engine needs, in multiples of ours.',
    '',
  ].join('\n')
}

/** Keeps the figures: everything as JSON by day, and the latest summary to read. */
export function keepReport(report: EngineReport, now: Date): readonly string[] {
  const folder = pathOf('bench/results')
  mkdirSync(folder, { recursive: true })
  const date = now.toISOString().slice(0, 10)
  const figures = Object.fromEntries([...report.figures].map(([{ id }, byName]) => [id, Object.fromEntries(byName)]))
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)
  writeFileSync(join(folder, `${date}-engine.json`), `${JSON.stringify({ date, ...report, figures }, round, 2)}\n`)
  writeFileSync(join(folder, 'engine.md'), renderMarkdown(report, date))
  return [`bench/results/${date}-engine.json`, 'bench/results/engine.md']
}
