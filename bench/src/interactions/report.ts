import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Machine } from '../machine.ts'
import { pathOf } from '../paths.ts'
import { renderColumns, renderRows } from '../table.ts'
import { type Interaction, LIMIT_MS, type Row, rowsOf, type Spread, verdictOf } from './figures.ts'

export interface InteractionsReport {
  readonly machine: Machine
  /** Share of the machine's CPU that others took meanwhile; above a tenth the figures say little. */
  readonly othersCpuPercent: number
  readonly rounds: number
  readonly scale: { readonly apps: number; readonly conversations: number; readonly turns: number }
  readonly interactions: readonly Interaction[]
}

const header = ['Interaction', 'Samples', 'Paint p50', 'p75', 'max', 'Result p50', 'p75', 'max', 'Longest frame', 'Verdict']
const milliseconds = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(0))
const spread = (of: Spread | undefined): string[] => [of?.p50, of?.p75, of?.max].map(milliseconds)
const cells = (row: Row): readonly string[] => [
  row.name,
  String(row.count),
  ...spread(row.paint),
  ...spread(row.result),
  row.longFrameMs === 0 ? '' : milliseconds(row.longFrameMs),
  verdictOf(row),
]
const linesOf = (interactions: readonly Interaction[]): readonly (readonly string[])[] => [header, ...rowsOf(interactions).map(cells)]

/** The table in columns, for a terminal. */
export const renderTable = (interactions: readonly Interaction[]): string => renderColumns(linesOf(interactions))

export function renderMarkdown({ machine, othersCpuPercent, rounds, scale, interactions }: InteractionsReport, date: string): string {
  const count = (value: number): string => value.toLocaleString('en-US')
  return [
    '# Interactions: from an event to the paint',
    '',
    `Written by \`npm run bench -- interactions\` on ${date}: ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGigabytes} GB, Node ${machine.node}, ${machine.platform}.`,
    `Headless Chromium at 1440×900, drawing by the CPU, server and driver shared these cores; other processes took ${othersCpuPercent.toFixed(1)} % of them meanwhile. ${rounds} rounds.`,
    `${count(scale.apps)} apps in the Studio, ${count(scale.conversations)} conversations in the log of one app, ${count(scale.turns)} turns in one conversation. Milliseconds; the limit is ${LIMIT_MS} at the 75th percentile of paint.`,
    '',
    ...renderRows(linesOf(interactions)),
    '',
    '- Paint: from the event (the press of a button or key) to the next frame, as Event Timing tells it (in steps of 8 ms), or as measured in the page where it tells nothing (below 16 ms). Of scrolling and of an answer that comes: the longest frame.',
    '- Result: from the event to the first frame that shows what was asked for, with whatever the server needs and, of searches, the pause of 150 ms that follows the last letter.',
    '- Longest frame: of script and drawing together, from the event until the result was seen; empty below 50.',
    '- The floor is a page with one button, in the same browser and run: what driver, browser and machine need in any case.',
    '',
  ].join('\n')
}

/** Keeps the figures: everything as JSON by day, and the latest summary to read. */
export function keepReport(report: InteractionsReport, now: Date): readonly string[] {
  const folder = pathOf('bench/results')
  mkdirSync(folder, { recursive: true })
  const date = now.toISOString().slice(0, 10)
  const round = (_: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 10) / 10 : value)
  writeFileSync(join(folder, `${date}-interactions.json`), `${JSON.stringify({ date, ...report }, round, 2)}\n`)
  writeFileSync(join(folder, 'interactions.md'), renderMarkdown(report, date))
  return [`bench/results/${date}-interactions.json`, 'bench/results/interactions.md']
}
