import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { GraphCase, OracleResult } from './case.ts'
import { generateFailingCase } from './generate/failing.ts'
import { generateFocusedCase } from './generate/focused.ts'
import { generateCase } from './generate/graph.ts'

/** A case, and what graphon made of it when it was recorded. */
export interface RecordedCase {
  readonly case: GraphCase
  readonly result: OracleResult
}

const FILE = fileURLToPath(new URL('./recorded-cases.jsonl.gz', import.meta.url))
const GRAPHS = 140
const FOCUSED = 99
const FAILING = 60
/** Found later: what a model thinks apart from its answer, a classifier that fails, a round that fails beside a branch; attempts whose text nobody saw. */
const LATER_GRAPHS = [408, 588, 625]
const LATER_FAILING = [109]

/** The cases that are kept with their results, so that `npm test` needs no Python. */
export const casesToRecord = (): GraphCase[] => [
  ...Array.from({ length: FOCUSED }, (_, seed) => generateFocusedCase(seed)),
  ...Array.from({ length: FAILING }, (_, seed) => generateFailingCase(seed)),
  ...Array.from({ length: GRAPHS }, (_, seed) => generateCase(seed)),
  ...LATER_GRAPHS.map(generateCase),
  ...LATER_FAILING.map(generateFailingCase),
]

export async function readRecordedCases(): Promise<RecordedCase[]> {
  const lines = gunzipSync(await readFile(FILE))
    .toString()
    .trimEnd()
    .split('\n')
  // Written below.
  return lines.map((line) => JSON.parse(line) as RecordedCase)
}

export async function writeRecordedCases(recorded: readonly RecordedCase[]): Promise<void> {
  await writeFile(FILE, gzipSync(`${recorded.map((one) => JSON.stringify(one)).join('\n')}\n`, { level: 9 }))
}
