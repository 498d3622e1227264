import type { CodeCall, CodeCaller, CodeLimits, CodeOutcome, SandboxFailure } from '@trellis/spec'
import { toldFailure } from '../bubblewrap/judge-end.ts'
import type { HeldCommand } from '../bubblewrap/yard.ts'
import { limitFailure, resultTooLarge } from '../limits.ts'
import { createTurns } from '../turns.ts'
import { withinTime } from '../within-time.ts'
import { type IsolateChild, startIsolateChild } from './isolate-child.ts'

export interface IsolateOptions {
  readonly limits: CodeLimits
  /** How a child is started inside its walls; called for each. @throws where that cannot be */
  readonly command: () => HeldCommand
  /** Most children, and so calls at one time. */
  readonly children: number
  /** A child that has had nothing to do for so long is ended. */
  readonly idleMs: number
}

export interface Isolate extends CodeCaller {
  /** Whether this is code for the fast path. */
  takes(call: CodeCall): Promise<boolean>
  /** @throws where no child can be started */
  check(): Promise<void>
  close(): Promise<void>
}

const MECHANISM = 'isolate'
/** A child is replaced after so many calls, before anything that leaks in it matters. */
const CALLS_PER_CHILD = 5000
/** The child ends a call by itself; where it cannot, it is ended. */
const BACKSTOP_MS = 500
const START_MS = 10_000

/** JavaScript that needs nothing but the language, each call in a V8 isolate of its own, several a millisecond. */
export function createIsolate(options: IsolateOptions): Isolate {
  let isPlain: ((code: string) => boolean) | undefined
  const turns = createTurns(options.children)
  const crew = createCrew(options)

  return {
    async takes({ language, code }) {
      if (language !== 'javascript') return false
      // The parser is loaded with the first JavaScript: a server without code nodes does without.
      isPlain ??= (await import('./is-plain.ts')).createPlainTest()
      return isPlain(code)
    },
    async call(call, signal) {
      const limits = { ...options.limits, ...call.limits }
      const giveBack = await turns.take(signal)
      try {
        const child = await crew.take()
        const outcome = await ask(child, call, limits, signal)
        crew.giveBack(child)
        return outcome
      } finally {
        giveBack()
      }
    },
    async check() {
      crew.giveBack(await crew.take())
    },
    close: crew.close,
  }
}

async function ask(child: IsolateChild, call: CodeCall, limits: CodeLimits, signal: AbortSignal): Promise<CodeOutcome> {
  const { timeoutMs, memoryMegabytes } = limits
  let isLate = false
  const backstop = setTimeout(() => {
    isLate = true
    child.end()
  }, timeoutMs + BACKSTOP_MS)
  const end = (): void => child.end()
  signal.addEventListener('abort', end, { once: true })
  try {
    const answer = await child.ask({ code: call.code, inputs: call.inputsJson, timeoutMs, memoryMegabytes }, limits.resultBytes)
    signal.throwIfAborted()
    if (answer === 'too-large') return refuse(resultTooLarge(limits))
    if (answer === 'malformed') return refuse({ kind: 'crash', message: 'The isolate answered nonsense.' })
    if (answer === 'ended')
      return refuse(isLate ? limitFailure('timeout', limits) : child.isToEnd() ? shutDown : limitFailure('memory', limits))
    const text = answer.payload.toString('utf8')
    return answer.status === 'K' ? { ok: true, resultJson: text, stdout: '', mechanism: MECHANISM } : refuse(toldFailure(text, limits))
  } finally {
    clearTimeout(backstop)
    signal.removeEventListener('abort', end)
  }
}

const shutDown: SandboxFailure = { kind: 'unavailable', message: 'The sandbox was shut down while the code ran.' }

const refuse = (error: SandboxFailure): CodeOutcome => ({ ok: false, error, mechanism: MECHANISM })

/** The children: started when asked for, kept while there is work, ended when idle, worn or broken. */
function createCrew(options: IsolateOptions) {
  const alive = new Set<IsolateChild>()
  let idle: IsolateChild[] = []
  let retire: NodeJS.Timeout | undefined
  let isClosed = false

  function endIdle(): void {
    for (const child of idle) child.end()
    idle = []
  }

  async function start(): Promise<IsolateChild> {
    if (isClosed) throw new Error('The sandbox has been shut down.')
    const { release, ...command } = options.command()
    const child = startIsolateChild(command)
    alive.add(child)
    child.ended.then(() => {
      alive.delete(child)
      idle = idle.filter((each) => each !== child)
      release()
    })
    try {
      await withinTime(child.ready, START_MS)
      return child
    } catch (error) {
      child.end()
      throw error
    }
  }

  return {
    async take(): Promise<IsolateChild> {
      clearTimeout(retire)
      idle = idle.filter((child) => child.isUsable())
      return idle.pop() ?? (await start())
    },
    giveBack(child: IsolateChild): void {
      if (isClosed || child.served() >= CALLS_PER_CHILD) child.end()
      else if (child.isUsable()) idle.push(child)
      clearTimeout(retire)
      retire = setTimeout(endIdle, options.idleMs)
      retire.unref()
    },
    async close(): Promise<void> {
      isClosed = true
      clearTimeout(retire)
      const living = [...alive]
      for (const child of living) child.end()
      await Promise.all(living.map((child) => child.ended))
    },
  }
}
