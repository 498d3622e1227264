import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ANSWER, pixel, serveApps } from '../served-apps.ts'

const run = promisify(execFile)
const folder = fileURLToPath(new URL('./python', import.meta.url))
const INSTALL_TIMEOUT_MS = 120_000
const CALLS_TIMEOUT_MS = 120_000

/** A line of calls.py. */
interface Outcome {
  readonly name: string
  readonly failure: string | undefined
}

// Tests are registered from what Python printed: it runs first.
const packages = await mkdtemp(join(tmpdir(), 'trellis-python-'))
try {
  const obstacle = await installClient(packages)
  if (obstacle) it('PyPI dify-client', { skip: obstacle }, () => {})
  else report(await runCalls(packages))
} finally {
  await rm(packages, { recursive: true, force: true })
}

/** Into a folder of its own, so that neither a virtual environment nor the system's Python is touched. Tells what is in the way. */
async function installClient(target: string): Promise<string | undefined> {
  const requirements = join(folder, 'requirements.txt')
  const parameters = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', target, '-r', requirements]
  try {
    await run('python3', parameters, { timeout: INSTALL_TIMEOUT_MS })
    return undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return 'code' in error && error.code === 'ENOENT'
      ? 'there is no python3 on this machine'
      : `pip could not install the client: ${lastLine(error.message)}`
  }
}

async function runCalls(pythonPath: string): Promise<readonly Outcome[]> {
  const { server, baseUrl, chat, completion, refused, broken, workflows } = await serveApps()
  const apps = { chat, completion, refused, broken, ...workflows }
  const keys = Object.fromEntries(Object.entries(apps).map(([name, { key }]) => [name, key]))
  const served = { baseUrl, answer: ANSWER, picture: pixel.toString('hex'), keys }
  try {
    const { stdout } = await run('python3', [join(folder, 'calls.py')], {
      timeout: CALLS_TIMEOUT_MS,
      env: {
        PATH: process.env.PATH ?? '',
        PYTHONPATH: pythonPath,
        PYTHONDONTWRITEBYTECODE: '1',
        NO_PROXY: '127.0.0.1',
        SERVED_APPS: JSON.stringify(served),
      },
    })
    return stdout.split('\n').flatMap(parseLine)
  } finally {
    await server.stop()
  }
}

function parseLine(line: string): Outcome[] {
  const [, ok, name = '', failure = ''] = /^(?:(ok)|FAIL) (.*?)(?:: (.*))?$/.exec(line) ?? []
  if (line === '') return []
  return [ok ? { name: line.slice('ok '.length), failure: undefined } : { name, failure }]
}

function report(outcomes: readonly Outcome[]): void {
  describe('PyPI dify-client', () => {
    for (const { name, failure } of outcomes) it(name, () => assert.equal(failure, undefined))
    it('ran to its end', () => assert.ok(outcomes.some(({ name }) => name.startsWith('no public method'))))
  })
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
