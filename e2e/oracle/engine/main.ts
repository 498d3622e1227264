// npm run oracle -- [record] [--seeds FROM-TO]

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import type { AppFileCase, GraphCase, OracleResult } from './case.ts'
import { recordPython } from './compare/record-python.ts'
import { generateCase } from './generate/graph.ts'
import { GIVEN_CASES, type GivenCase } from './given-cases.ts'
import { prepareOracle } from './python.ts'
import { casesToRecord, type RecordedCase, readRecordedCases, writeRecordedCases } from './recorded-cases.ts'
import { runWithGraphon } from './run-with-graphon.ts'

const USAGE = `Usage: npm run oracle [-- record | --seeds FROM-TO]
  Without words: graphon still answers the recorded cases as it did, and the app files of TRELLIS_ORACLE_APPS as their tests say.
  record             writes recorded-cases.jsonl.gz anew
  --seeds FROM-TO    prints generated cases of other seeds with graphon's results, a JSON object a line`

async function main(parameters: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...parameters], allowPositionals: true, options: { seeds: { type: 'string' } } })
  const [, from, to] = /^(\d+)-(\d+)$/.exec(values.seeds ?? '') ?? []
  if (positionals.some((word) => word !== 'record') || (values.seeds !== undefined && !(from && to))) {
    console.error(USAGE)
    return 2
  }
  const oracle = await prepareOracle()
  if ('obstacle' in oracle) {
    console.log(`The oracle is left out: ${oracle.obstacle}.`)
    return 0
  }
  if (from && to) return printSeeds(oracle.python, Number(from), Number(to))
  if (positionals.length > 0) {
    const recorded = await record(oracle.python, casesToRecord())
    await writeRecordedCases(recorded)
    const programs = await recordPython(oracle.python, recorded)
    console.log(`${recorded.length} cases and ${programs} answers of Python's recorded`)
    return 0
  }
  return check(oracle.python)
}

async function printSeeds(python: string, from: number, to: number): Promise<number> {
  const cases = Array.from({ length: to - from + 1 }, (_, index) => generateCase(from + index))
  for (const one of await record(python, cases)) console.log(JSON.stringify(one))
  return 0
}

async function record(python: string, cases: readonly GraphCase[]): Promise<RecordedCase[]> {
  const recorded: RecordedCase[] = []
  for await (const result of runWithGraphon(python, cases)) {
    const run = cases[recorded.length]
    if (run?.id !== result.id) throw new Error(`graphon answered ${result.id} where ${run?.id} was asked`)
    recorded.push({ case: run, result })
  }
  return recorded
}

async function check(python: string): Promise<number> {
  const complaints = [...(await checkRecorded(python)), ...(await checkGiven(python))]
  for (const complaint of complaints) console.log(complaint)
  return complaints.length > 0 ? 1 : 0
}

async function checkRecorded(python: string): Promise<string[]> {
  const recorded = await readRecordedCases()
  const now = await record(
    python,
    recorded.map((one) => one.case),
  )
  const complaints = recorded.flatMap((one, index) => {
    const result = now[index]?.result
    return isDeepStrictEqual(one.result, result) ? [] : [`${one.case.id}: graphon now answers otherwise`]
  })
  console.log(`recorded: ${recorded.length - complaints.length} passed, ${complaints.length} failed`)
  return complaints
}

async function checkGiven(python: string): Promise<string[]> {
  const folder = process.env.TRELLIS_ORACLE_APPS
  if (folder === undefined || !existsSync(folder)) {
    console.log('given: left out, as TRELLIS_ORACLE_APPS names no folder')
    return []
  }
  const complaints: string[] = []
  let index = 0
  for await (const result of runWithGraphon(
    python,
    GIVEN_CASES.map((given) => toCase(folder, given)),
  )) {
    const given = GIVEN_CASES[index]
    index += 1
    if (given) complaints.push(...complainAboutGiven(given, result))
  }
  console.log(`given: ${GIVEN_CASES.length - complaints.length} passed, ${complaints.length} failed`)
  return complaints
}

const toCase = (folder: string, { file, inputs = {}, query, fakes = {} }: GivenCase): AppFileCase => ({
  id: file,
  appFile: join(folder, file),
  inputs,
  ...(query !== undefined && { system: { query } }),
  fakes,
})

/** At most one complaint about a case. */
function complainAboutGiven(given: GivenCase, { status, outputs, error, events = [] }: OracleResult): string[] {
  const chunks = events.flatMap((event) => (event.event === 'chunk' && !event.iteration && !event.loop ? [event.text] : []))
  if (status !== 'succeeded') return [`${given.file}: ${status}: ${error}`]
  if (!isDeepStrictEqual(outputs, given.outputs)) return [`${given.file}: outputs are ${JSON.stringify(outputs)}`]
  if (chunks.join('') !== given.streamed) return [`${given.file}: streamed ${JSON.stringify(chunks)}`]
  return given.chunks !== undefined && given.chunks !== chunks.length ? [`${given.file}: streamed in ${chunks.length} chunks`] : []
}

process.exitCode = await main(process.argv.slice(2))
