import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readRecordedCases } from '../recorded-cases.ts'
import { findDifference } from './find-difference.ts'
import { fromRecorded, makeEqual } from './make-equal.ts'
import { readPythonAnswers, recordedPrograms } from './programs.ts'
import { runWithTrellis } from './run-with-trellis.ts'
import { toComparable } from './to-result.ts'

const recorded = await readRecordedCases()
const code = recordedPrograms(readPythonAnswers())
// By case: why it differs.
const known = JSON.parse(readFileSync(new URL('./known-differences.json', import.meta.url), 'utf8')) as Readonly<Record<string, string>>

describe('our engine and nodes, held against the one that Dify runs on', () => {
  const named = recorded.map((one) => [`${one.case.id}${known[one.case.id] ? ` (differs: ${known[one.case.id]})` : ''}`, one] as const)
  it.each(named)('%s', async (_name, { case: given, result }) => {
    const ours = toComparable(given, await runWithTrellis(given, code))
    const difference = findDifference(makeEqual(given, ours), makeEqual(given, fromRecorded(result)))
    // One that is known and no longer seen leaves the list.
    if (known[given.id]) expect(difference).toBeDefined()
    else expect(difference).toBeUndefined()
  })
})
