import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** A whole server in a process of its own, which meets a fault as soon as it serves. */
const program = `
const { run } = await import(process.env.RUN_MODULE)
const boom = () => {
  if (process.env.FAULT === 'throw') throw new Error('boom')
  Promise.reject(new Error('boom'))
}
const onServing = () => setTimeout(boom, 0)
process.exitCode = await run({ arguments: ['all'], processEnv: process.env, rootFolder: process.env.TRELLIS_HOME, onServing })
`

let folder: string
let child: ChildProcess | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'trellis-fault-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

it.each(['throw', 'reject'])('a server that meets a fault of its own (%s) logs it, closes and fails', async (fault) => {
  const server = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      RUN_MODULE: join(import.meta.dirname, 'run.ts'),
      TRELLIS_HOME: folder,
      PORT: '0',
      LOG_OUTPUT_FORMAT: 'json',
      FAULT: fault,
    },
  })
  child = server
  const [log, errors, [exitCode]] = await Promise.all([text(server.stdout), text(server.stderr), once(server, 'close')])
  expect(exitCode).toBe(1)
  const lines = log.split('\n').filter((line) => line.startsWith('{'))
  const found = lines.findIndex((line) => line.includes('"fatal"'))
  expect(JSON.parse(lines[found] ?? '{}')).toMatchObject({ err: { message: 'boom', stack: expect.stringContaining('boom') } })
  expect(lines.slice(found + 1).join('\n')).toContain('Trellis has stopped')
  expect(errors).toBe('Trellis met a fault of its own and has stopped. The log tells which: the line marked fatal.\n')
})
