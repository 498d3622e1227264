import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { renderColumns, renderRows } from '../table.ts'
import { goalText, type Row, rowsOf, verdictOf, type WorkflowFigures } from './figures.ts'

export interface WorkflowReport {
  readonly machine: Machine
  /** Share of the machine's CPU that others took meanwhile; above a tenth the figures say little. */
  readonly othersCpuPercent: number
  readonly rounds: number
  readonly warmUpMs: number
  readonly measureMs: number
  readonly figures: WorkflowFigures
}

const header = ['Measure', 'Unit', 'Goal', 'Trellis', 'Verdict']
const cells = (row: Row): readonly string[] => [row.name, row.unit, goalText(row), row.value.toFixed(row.digits), verdictOf(row)]
const linesOf = (figures: WorkflowFigures): readonly (readonly string[])[] => [header, ...rowsOf(figures).map(cells)]

/** The table in columns, for a terminal. */
export const renderTable = (figures: WorkflowFigures): string => renderColumns(linesOf(figures))

export function renderMarkdown({ machine, othersCpuPercent, rounds, measureMs, figures }: WorkflowReport, date: string): string {
  const failures = failuresOf(figures)
  return [
    '# Workflow runs: what one costs over HTTP',
    '',
    `Written by \`npm run bench -- workflow\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Node ${machine.node}, ${machine.platform}.`,
    `Load client, server and database shared these cores. Median of ${rounds} rounds of ${measureMs / 1000} s, after a warm-up each; other processes took ${othersCpuPercent.toFixed(1)} % meanwhile.`,
    '',
    ...renderRows(linesOf(figures)),
    '',
    '- A run: `POST /v1/workflows/run`, blocking, of a start, ten trivial nodes in a row and an end; its answer is checked. The run and its nodes are stored before the answer is given.',
    '- PostgreSQL with its own defaults for durability (`fsync`, `synchronous_commit`); SQLite as the server opens it.',
    '- Database round trips: statements that the server counts on `/metrics`, `begin` and `commit` included, for each run that it ended.',
    ...(failures.length > 0 ? ['', '## Failures', '', ...failures.map((text) => `- ${text}`)] : []),
    '',
  ].join('\n')
}

/** Every failure that the load client met, in words. */
export const failuresOf = (figures: WorkflowFigures): string[] =>
  [...figures].flatMap(([database, byConnections]) =>
    [...byConnections].flatMap(([connections, rounds]) =>
      rounds.flatMap(({ load }) =>
        Object.entries(load.errors).map(([reason, count]) => `${database}, ${connections} connections: ${count} x ${reason}`),
      ),
    ),
  )

/** Keeps the figures: everything as JSON by day, and the latest summary to read. */
export function keepReport(report: WorkflowReport, now: Date): readonly string[] {
  const folder = pathOf('bench/results')
  mkdirSync(folder, { recursive: true })
  const date = now.toISOString().slice(0, 10)
  const plain = (_: string, value: unknown): unknown => {
    if (value instanceof Map) return Object.fromEntries(value)
    return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value
  }
  writeFileSync(join(folder, `${date}-workflow.json`), `${JSON.stringify({ date, ...report }, plain, 2)}\n`)
  writeFileSync(join(folder, 'workflow.md'), renderMarkdown(report, date))
  return [`bench/results/${date}-workflow.json`, 'bench/results/workflow.md']
}
