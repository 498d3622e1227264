import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FakeBehaviour, startFakeOpenai } from '../tools/fake-openai/index.ts'

const program = fileURLToPath(new URL('../apps/server/dist/main.mjs', import.meta.url))
const READY = /Trellis is ready: http:\/\/[^:\s]+:(\d+)/
const START_TIMEOUT_MS = 30_000
const STOP_TIMEOUT_MS = 10_000
const KEPT_CHARACTERS = 8_000

export interface StartOptions {
  /** Settings on top of those of a newcomer. */
  readonly env?: Readonly<Record<string, string>>
  /** The only key that the provider takes; any, or none, where absent. */
  readonly providerKey?: string
}

/** The built server as a process of its own, over an empty data folder, with an OpenAI-compatible provider beside it. */
export interface BuiltServer {
  readonly url: string
  readonly provider: Provider
  /** The last lines that the server wrote. */
  output(): string
  /** Runs `trellis job ...` on the same data folder, while the server serves. Its exit code and what it printed. */
  job(...parameters: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }>
  stop(): Promise<void>
}

export interface Provider {
  /** What its address field takes in the console. */
  readonly url: string
  /** How a model answers from now on; until then, and for all others, with twenty words. */
  behave(model: string, behaviour: Partial<FakeBehaviour>): void
  /** Whether a model was sent messages that hold all of these texts, as JSON has them, in one request. */
  wasSent(model: string, ...texts: readonly string[]): boolean
}

export async function startServer({ env = {}, providerKey }: StartOptions = {}): Promise<BuiltServer> {
  const behaviours = new Map<string, Partial<FakeBehaviour>>()
  const fake = await startFakeOpenai({
    respond: ({ model }) => behaviours.get(model),
    ...(providerKey === undefined ? {} : { apiKey: providerKey }),
  })
  const folder = await mkdtemp(join(tmpdir(), 'trellis-e2e-'))
  const clear = async (): Promise<void> => {
    await fake.close()
    await rm(folder, { recursive: true, force: true })
  }
  const child = startProgram(folder, env, [])
  try {
    const port = await child.untilSaid(READY)
    return {
      url: `http://127.0.0.1:${port}`,
      provider: {
        url: fake.url,
        behave: (model, behaviour) => void behaviours.set(model, behaviour),
        wasSent: (model, ...texts) =>
          fake.requests.some((request) => {
            const sent = request.model === model ? (JSON.stringify(request.body?.messages) ?? '') : ''
            return texts.every((text) => sent.includes(text))
          }),
      },
      output: child.output,
      async job(...parameters) {
        const job = startProgram(folder, env, ['job', ...parameters])
        return { code: await job.ended, output: job.output() }
      },
      async stop() {
        await child.stop()
        await clear()
      },
    }
  } catch (error) {
    await child.stop()
    await clear()
    throw error
  }
}

/** Nothing of the caller's environment reaches the server, but for the way to programs. */
function startProgram(folder: string, env: Readonly<Record<string, string>>, parameters: readonly string[]) {
  const child = spawn(process.execPath, [program, ...parameters], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      HOME: folder,
      TRELLIS_HOME: join(folder, 'data'),
      DIFY_BIND_ADDRESS: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'WARNING',
      ...env,
    },
  })
  let output = ''
  const keep = (chunk: Buffer | string): void => {
    output = (output + chunk).slice(-KEPT_CHARACTERS)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.once('exit', (code, signal) => keep(`(ended with ${signal ?? `code ${code}`})\n`))
  const exited = once(child, 'exit')
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    output: () => output,
    /** Its exit code, once all that it wrote has been read. */
    ended: once(child, 'close').then((): number | null => child.exitCode),
    /** The first group of the pattern, once the server has written it. */
    async untilSaid(pattern: RegExp): Promise<string> {
      const signal = AbortSignal.timeout(START_TIMEOUT_MS)
      for (;;) {
        const found = pattern.exec(output)?.[1]
        if (found !== undefined) return found
        if (hasEnded()) throw new Error(`The server ended before it served:\n${output}`)
        await Promise.race([once(child.stdout, 'data', { signal }), exited])
      }
    },
    async stop(): Promise<void> {
      if (hasEnded()) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await exited
      clearTimeout(timer)
    },
  }
}
