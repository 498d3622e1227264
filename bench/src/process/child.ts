import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname } from 'node:path'

export interface Child {
  readonly pid: number
  readonly process: ChildProcess
  /** The last lines that it wrote, for when it fails. */
  output(): string
  /** Asks it to end, insists after ten seconds. */
  stop(): Promise<void>
}

export interface ChildOptions {
  readonly nodeOptions?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

const KEPT_CHARACTERS = 8_000
const STOP_TIMEOUT_MS = 10_000
const START_TIMEOUT_MS = 20_000

/** Runs a script under this very Node, with nothing of the caller's environment but the path. */
export function startChild(script: string, parameters: readonly string[], options: ChildOptions = {}): Child {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), script, ...parameters], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
      NODE_ENV: 'production',
      ...options.env,
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  })
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk).slice(-KEPT_CHARACTERS)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  if (child.pid === undefined) throw new Error(`could not start ${script}`)
  return {
    pid: child.pid,
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** What comes of the work, or a failure as soon as one of the children ends before it. Children may outlive any number of works. */
export async function whileAlive<T>(children: Readonly<Record<string, Child>>, work: Promise<T>): Promise<T> {
  const over = new AbortController()
  const ends = Object.entries(children).map(async ([name, child]): Promise<never> => {
    await once(child.process, 'exit', { signal: over.signal })
    throw new Error(`the ${name} ended before its time:\n${child.output()}`)
  })
  try {
    return await Promise.race([work, ...ends])
  } finally {
    over.abort()
  }
}

/** The address that a child of ours prints as a line of JSON. */
export async function readUrl(child: Child): Promise<string> {
  const { stdout } = child.process
  const deadline = AbortSignal.timeout(START_TIMEOUT_MS)
  for (;;) {
    const found = /^\{"url":"(.*)"\}$/m.exec(child.output())
    if (found?.[1]) return found[1]
    if (child.process.exitCode !== null || !stdout) throw new Error(`a child ended before it listened:\n${child.output()}`)
    await whileAlive({ child }, once(stdout, 'data', { signal: deadline }))
  }
}
