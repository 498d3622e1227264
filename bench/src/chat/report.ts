import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { renderColumns, renderRows } from '../table.ts'
import { type ChatFigures, type Row, rowsOf, verdictOf } from './figures.ts'
import type { Failures, Scale } from './scenarios.ts'

export interface ChatReport {
  readonly machine: Machine
  /** Share of the machine's CPU that others took meanwhile; above a tenth the figures say little. */
  readonly othersCpuPercent: number
  readonly scale: Scale
  readonly figures: ChatFigures
}

const cells = (row: Row): readonly string[] => {
  const show = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? '–' : value.toFixed(row.digits))
  const ratio = row.trellis !== undefined && row.limit !== undefined && row.limit > 0 ? `${(row.trellis / row.limit).toFixed(2)}x` : ''
  return [row.name, row.unit, row.goal ? `≤ ${row.goal.most}` : '', show(row.trellis), show(row.limit), ratio, verdictOf(row)]
}

const header = ['Measure', 'Unit', 'Goal', 'Trellis', 'Limit', 'Ratio', 'Verdict']

/** The table in columns, for a terminal. */
export function renderTable(figures: ChatFigures): string {
  return renderColumns([header, ...rowsOf(figures).map(cells)])
}

export function renderMarkdown(report: ChatReport, date: string): string {
  const { machine, scale, figures } = report
  const failures = failuresOf(figures)
  return [
    '# Chat: what it costs',
    '',
    `Written by \`npm run bench -- chat\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Node ${machine.node}, ${machine.platform}.`,
    `Load client, provider and server shared these cores; other processes took ${report.othersCpuPercent.toFixed(1)} % of them meanwhile.`,
    `Median of ${scale.rounds} rounds, after a warm-up each. "Limit" is a bare \`node:http\` proxy that parses the provider's stream and writes Dify's frames, in the same run.`,
    '',
    ...renderRows([header, ...rowsOf(figures).map(cells)]),
    '',
    '- First event: from the first byte of the request to the first frame with text, the provider answering at once; the difference of the same percentile with and without what stands between.',
    '- Saturated: ten users, answers of 500 tokens, one frame and one HTTP chunk a token, as fast as they are taken; new conversations, names not generated; CPU is that of the server and its children.',
    '- Open streams: 20 tokens a second each; lateness is from the moment a token left the provider until the client had it; memory is the growth since the server was idle.',
    ...(failures.length > 0 ? ['', '## Failures', '', ...failures.map((text) => `- ${text}`)] : []),
    '',
  ].join('\n')
}

/** Every failure that the load client met, in words. */
export function failuresOf(figures: ChatFigures): string[] {
  const describe = (title: string, byTarget: ReadonlyMap<string, { readonly failures: Failures }>): string[] =>
    [...byTarget].flatMap(([target, { failures }]) =>
      Object.entries(failures).map(([reason, count]) => `${title}, ${target}: ${count} x ${reason}`),
    )
  return [
    ...figures.firstEvent.flatMap(({ users, byTarget }) => describe(`first event with ${users} users`, byTarget)),
    ...figures.openStreams.flatMap((byTarget) => describe('open streams', byTarget)),
    ...describe('saturated', figures.saturated),
  ]
}

/** Keeps the figures: everything as JSON by day, and the latest summary to read. */
export function keepReport(report: ChatReport, now: Date): readonly string[] {
  const folder = pathOf('bench/results')
  mkdirSync(folder, { recursive: true })
  const date = now.toISOString().slice(0, 10)
  const plain = (_: string, value: unknown): unknown => (value instanceof Map ? Object.fromEntries(value) : value)
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)
  const rounded = JSON.parse(JSON.stringify(report, plain), round)
  writeFileSync(join(folder, `${date}-chat.json`), `${JSON.stringify({ date, ...rounded }, undefined, 2)}\n`)
  writeFileSync(join(folder, 'chat.md'), renderMarkdown(report, date))
  return [`bench/results/${date}-chat.json`, 'bench/results/chat.md']
}
