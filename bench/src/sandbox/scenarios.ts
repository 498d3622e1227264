import { spawn } from 'node:child_process'
import { createCodeSandbox } from '../../../packages/sandbox/src/index.ts'
import { type CodeCall, type CodeSandbox, silentLogger } from '../../../packages/spec/src/index.ts'
import { type Quantiles, quantilesOf } from '../load/quantiles.ts'

export interface Scale {
  /** Calls of each kind that are timed, one after the other. */
  readonly calls: number
  readonly saturatedMs: number
}

export interface SandboxFigures {
  /** Milliseconds of one call, by what was called. */
  readonly fastPath: Quantiles
  readonly python: Quantiles
  readonly javascript: Quantiles
  /** The interpreter alone, started, run and ended, with no walls round it: what the reference runner is measured against. */
  readonly barePython: Quantiles
  readonly bareNode: Quantiles
  /** Calls a second of the fast path with as many callers as it has children, and twice that. */
  readonly fastPathPerSecond: number
}

const inputsJson = JSON.stringify({ items: [3, 1, 2], name: 'Trellis' })
const plain: CodeCall = {
  language: 'javascript',
  code: 'function main({ items, name }) {\n  const sorted = [...items].sort((a, b) => a - b)\n  return { sorted, greeting: "Hello " + name, total: items.reduce((sum, item) => sum + item, 0) }\n}',
  inputsJson,
}
/** The same, but for a name that no bare isolate has. */
const withBuffer: CodeCall = { ...plain, code: `${plain.code}\nvoid Buffer` }
const python: CodeCall = {
  language: 'python3',
  code: 'def main(items, name):\n    return {"sorted": sorted(items), "greeting": "Hello " + name, "total": sum(items)}',
  inputsJson,
}

/** Measures the sandbox as the server opens it. @throws where a call fails: then there is nothing to measure */
export async function measureSandbox(scale: Scale, say: (text: string) => void): Promise<SandboxFigures> {
  const sandbox = createCodeSandbox({ concurrency: 4, warmInterpreters: 2, idleMs: 60_000, logger: silentLogger })
  try {
    say('fast path')
    const fastPath = await timeCalls(sandbox, plain, scale.calls * 10, 'isolate')
    say('fast path, saturated')
    const fastPathPerSecond = await saturate(sandbox, scale.saturatedMs)
    say('Python')
    const pythonTimes = await timeCalls(sandbox, python, scale.calls, 'bubblewrap')
    say('JavaScript in the reference runner')
    const javascript = await timeCalls(sandbox, withBuffer, scale.calls, 'bubblewrap')
    say('bare interpreters')
    const barePython = await timeBare('/usr/bin/python3', ['-I', '-S', '-c', 'print(1)'], scale.calls)
    const bareNode = await timeBare(process.execPath, ['-e', 'console.log(1)'], scale.calls)
    return { fastPath, python: pythonTimes, javascript, barePython, bareNode, fastPathPerSecond }
  } finally {
    await sandbox.close()
  }
}

const { signal } = new AbortController()

async function callOnce(sandbox: CodeSandbox, call: CodeCall, mechanism: string): Promise<void> {
  const outcome = await sandbox.call(call, signal)
  if (!outcome.ok) throw new Error(`A call failed: ${outcome.error.message}`)
  if (outcome.mechanism !== mechanism)
    throw new Error(`A call ran by ${outcome.mechanism} instead of ${mechanism}: install what is missing.`)
}

async function timeCalls(sandbox: CodeSandbox, call: CodeCall, count: number, mechanism: string): Promise<Quantiles> {
  for (let warmUp = 0; warmUp < 10; warmUp++) await callOnce(sandbox, call, mechanism)
  return time(count, () => callOnce(sandbox, call, mechanism))
}

async function time(count: number, work: () => Promise<void>): Promise<Quantiles> {
  const samples: number[] = []
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now()
    await work()
    samples.push(performance.now() - startedAt)
  }
  return quantilesOf(samples)
}

async function saturate(sandbox: CodeSandbox, forMs: number): Promise<number> {
  const startedAt = performance.now()
  let calls = 0
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (performance.now() - startedAt < forMs) {
        await callOnce(sandbox, plain, 'isolate')
        calls += 1
      }
    }),
  )
  return (calls * 1000) / (performance.now() - startedAt)
}

function timeBare(program: string, parameters: readonly string[], count: number): Promise<Quantiles> {
  return time(
    count,
    () =>
      new Promise((resolve, reject) => {
        const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'ignore'], env: {} })
        child.stdout.resume()
        child.on('error', reject)
        child.on('close', () => resolve())
      }),
  )
}
