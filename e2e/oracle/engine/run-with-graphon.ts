import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { OracleCase, OracleResult } from './case.ts'

const PROGRAM = fileURLToPath(new URL('./run_graphon.py', import.meta.url))

/** What graphon makes of the cases, in their order. */
export async function* runWithGraphon(python: string, cases: readonly OracleCase[]): AsyncGenerator<OracleResult> {
  const child = spawn(python, ['-B', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'close')
  child.stdin.on('error', () => {
    // It has died: its exit code says so below.
  })
  child.stdin.end(cases.map((oracleCase) => `${JSON.stringify(oracleCase)}\n`).join(''))
  let answered = 0
  for await (const line of createInterface({ input: child.stdout })) {
    answered += 1
    // Written by run_graphon.py beside this file.
    yield JSON.parse(line) as OracleResult
  }
  await ended
  if (answered !== cases.length) throw new Error(`graphon answered ${answered} of ${cases.length} cases (exit ${child.exitCode})`)
}
