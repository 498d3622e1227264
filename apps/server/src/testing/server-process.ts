import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface ServerProcess {
  readonly url: string
  /** Ends it without a word, as the system does that runs out of memory. */
  kill(): Promise<void>
}

const READY = /Trellis is ready: http:\/\/[^:\s]+:(\d+)/
const KEPT_CHARACTERS = 8000

/** The whole server from its sources, as a process of its own. */
export async function startServerProcess({
  env,
  folder,
}: {
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'main.ts')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      NODE_NO_WARNINGS: '1',
      TRELLIS_HOME: folder,
      DIFY_BIND_ADDRESS: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'ERROR',
      ...env,
    },
  })
  const exited = once(child, 'exit')
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk).slice(-KEPT_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  for (;;) {
    const port = READY.exec(output)?.[1]
    if (port !== undefined) {
      return {
        url: `http://127.0.0.1:${port}`,
        async kill() {
          child.kill('SIGKILL')
          await exited
        },
      }
    }
    if (hasEnded()) throw new Error(`The server ended before it served:\n${output}`)
    await Promise.race([once(child.stdout, 'data'), exited])
  }
}
