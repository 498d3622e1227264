import { type ChildProcess, spawn } from 'node:child_process'
import type { Duplex, Readable } from 'node:stream'
import { type Answer, createAnswerReader } from './answer-reader.ts'

/** How to start a child; everything that holds it in is already in the command. */
export interface ChildCommand {
  readonly program: string
  readonly parameters: readonly string[]
  /** Another user than ours, where we may choose. */
  readonly user: number | undefined
  readonly systemCallFilter: Buffer
}

/** What one request may use; watched from outside. */
export interface Bounds {
  readonly timeoutMs: number
  readonly outputBytes: number
  readonly resultBytes: number
}

/** Why a child was ended from outside. */
export type EndedFor = 'timeout' | 'output' | 'result' | 'malformed' | 'abort' | 'closed'

export interface ChildEnd {
  /** The last answer of the child, where there was one. */
  readonly answer: Answer | undefined
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly endedFor: EndedFor | undefined
}

export interface Child {
  /** @throws where the child ended before it was ready */
  readonly ready: Promise<void>
  readonly hasEnded: () => boolean
  /** Nothing of it is left. */
  readonly ended: Promise<unknown>
  /** Once only. */
  run(request: object, bounds: Bounds, signal: AbortSignal): Promise<ChildEnd>
  end(reason: EndedFor): void
}

/** A child that has answered ends by itself; one that lingers is ended. */
const LINGER_MS = 500
const START_OUTPUT_BYTES = 16_384

/** The process itself, with its filter handed over: requests go to its standard input, answers come from descriptor 3. */
export function spawnChild({ program, parameters, user, systemCallFilter }: ChildCommand): ChildProcess {
  const child = spawn(program, parameters, {
    env: {},
    cwd: '/',
    // A group of its own: see killChild.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  })
  // Nothing of it outlives it.
  child.on('exit', () => killChild(child))
  for (const stream of child.stdio) stream?.on('error', () => undefined)
  // A pipe, as asked for.
  const filter = child.stdio[4] as Duplex
  filter.end(systemCallFilter)
  filter.resume()
  return child
}

/**
 * Ends all of a child. Bubblewrap's process outside is not enough: killed while it starts, it leaves the one inside to live on, which holds
 * the pipes, and with them whoever waits for the end. Both are of one group, that of the process started here.
 */
export function killChild({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

/** Starts a child: an interpreter inside its walls, which waits for one request. */
export function startChild(command: ChildCommand): Child {
  const child = spawnChild(command)
  let bounds: Bounds = { timeoutMs: 0, outputBytes: START_OUTPUT_BYTES, resultBytes: START_OUTPUT_BYTES }
  let endedFor: EndedFor | undefined
  let answer: Answer | undefined
  let hasEnded = false
  let linger: NodeJS.Timeout | undefined
  const output = collectOutput(child, {
    limit: () => bounds.outputBytes,
    exceeded: () => end('output'),
  })
  const ready = Promise.withResolvers<void>()
  // Whoever waits for it hears of it; nobody has to.
  ready.promise.catch(() => undefined)
  const ended = Promise.withResolvers<{ readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }>()

  const end = (reason: EndedFor): void => {
    endedFor ??= reason
    killChild(child)
  }
  const read = createAnswerReader({ maxBytes: () => bounds.resultBytes })
  // A pipe, as asked for above.
  const answers = child.stdio[3] as Readable
  answers.on('data', (chunk: Buffer) => {
    if (endedFor || answer) return
    const step = read(chunk)
    if (step.type !== 'answers') return end(step.type === 'too-large' ? 'result' : 'malformed')
    for (const each of step.answers) {
      if (each.status === 'R') ready.resolve()
      else {
        answer ??= each
        linger ??= setTimeout(() => killChild(child), LINGER_MS)
      }
    }
  })

  const finish = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
    hasEnded = true
    clearTimeout(linger)
    ready.reject(new Error(output.text('stderr').trim().split('\n')[0] || `it ended at once (${signal ?? exitCode})`))
    ended.resolve({ exitCode, signal })
  }
  child.on('error', (error) => {
    output.add(error.message)
    finish(null, null)
  })
  child.on('close', finish)

  return {
    ready: ready.promise,
    hasEnded: () => hasEnded,
    ended: ended.promise,
    end,
    async run(request, given, signal) {
      bounds = given
      const timer = setTimeout(() => end('timeout'), given.timeoutMs)
      const abort = (): void => end('abort')
      signal.addEventListener('abort', abort, { once: true })
      if (signal.aborted) abort()
      child.stdin?.end(frame(request))
      try {
        const { exitCode, signal: endSignal } = await ended.promise
        return { answer, stdout: output.text('stdout'), stderr: output.text('stderr'), exitCode, signal: endSignal, endedFor }
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
    },
  }
}

/** A request as a child reads it. */
export function frame(request: object): Buffer {
  const body = Buffer.from(JSON.stringify(request))
  const head = Buffer.alloc(4)
  head.writeUInt32LE(body.length)
  return Buffer.concat([head, body])
}

interface OutputOptions {
  readonly limit: () => number
  readonly exceeded: () => void
}

function collectOutput(process: ChildProcess, { limit, exceeded }: OutputOptions) {
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
  let size = 0
  for (const name of ['stdout', 'stderr'] as const) {
    process[name]?.on('data', (chunk: Buffer) => {
      const room = limit() - size
      size += chunk.length
      if (room > 0) parts[name].push(chunk.subarray(0, room))
      if (size > limit()) exceeded()
    })
  }
  return {
    text: (name: 'stdout' | 'stderr') => Buffer.concat(parts[name]).toString('utf8'),
    add: (message: string) => void parts.stderr.push(Buffer.from(message)),
  }
}
