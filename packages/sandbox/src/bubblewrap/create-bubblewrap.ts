import type {
  CodeCall,
  CodeCaller,
  CodeLimits,
  CodeOutcome,
  ProgramOutcome,
  ProgramRequest,
  ProgramRunner,
  SandboxFailure,
} from '@trellis/spec'
import { createTurns } from '../turns.ts'
import { type Child, startChild } from './child.ts'
import { findProgram } from './host.ts'
import type { Interpreter } from './interpreter.ts'
import { judgeCall, judgeProgram } from './judge-end.ts'
import { buildSystemCallFilter } from './system-call-filter.ts'
import { systemCalls } from './system-calls.data.ts'
import { createUsers } from './users.ts'
import { wallsCommand } from './walls.ts'
import { createWarmPool, type WarmPool } from './warm-pool.ts'

export interface BubblewrapOptions {
  readonly limits: CodeLimits
  /** `PATH` of the server, searched for bubblewrap after the system's own folders. */
  readonly searchPath: string
  /** Tells about the interpreter of a language, or throws why there is none. Asked once. */
  readonly interpreters: Readonly<Record<Language, (options: { readonly switchesUser: boolean }) => Promise<Interpreter>>>
  /** Requests at a time; the others wait. */
  readonly concurrency: number
  /** Interpreters of each language that wait ready. */
  readonly warm: number
  readonly idleMs: number
}

type Language = 'python3' | 'nodejs'

export interface Bubblewrap extends ProgramRunner, CodeCaller {
  /** Starts an interpreter inside and ends it. @throws a sentence that says why that cannot be and what to do */
  check(language: Language): Promise<void>
  close(): Promise<void>
}

const MECHANISM = 'bubblewrap'
const START_MS = 10_000

/** The reference runner: an interpreter in namespaces of its own, for one request. */
export function createBubblewrap(options: BubblewrapOptions): Bubblewrap {
  const { limits: ownLimits } = options
  const turns = createTurns(options.concurrency)
  const yard = createYard(options)

  /** Takes a child whose walls fit the limits: one that waits, or one made for them. */
  async function take(language: Language, limits: CodeLimits): Promise<Child> {
    const isUsual =
      limits.timeoutMs <= ownLimits.timeoutMs &&
      limits.memoryMegabytes === ownLimits.memoryMegabytes &&
      limits.processes === ownLimits.processes &&
      limits.fileMegabytes === ownLimits.fileMegabytes
    const child = isUsual ? (await yard.pool(language)).take() : await yard.start(language, limits)
    try {
      await withinTime(child.ready, START_MS)
    } catch (error) {
      child.end('closed')
      throw new Error(explainStart(error), { cause: error })
    }
    return child
  }

  async function perform<T>(
    { language, limits }: { readonly language: Language; readonly limits: CodeLimits },
    signal: AbortSignal,
    use: (child: Child) => Promise<T>,
    refuse: (failure: SandboxFailure) => T,
  ): Promise<T> {
    const giveBack = await turns.take(signal)
    try {
      const child = await take(language, limits).catch((error: unknown) => toMessage(error))
      if (typeof child === 'string') return refuse({ kind: 'unavailable', message: child })
      const result = await use(child)
      signal.throwIfAborted()
      return result
    } finally {
      giveBack()
    }
  }

  return {
    async call(call, signal) {
      const limits = { ...ownLimits, ...call.limits }
      const language = call.language === 'javascript' ? 'nodejs' : 'python3'
      return perform(
        { language, limits },
        signal,
        async (child) => toOutcome(judgeCall(await child.run(toRequest(call), limits, signal), limits)),
        (error): CodeOutcome => ({ ok: false, error, mechanism: MECHANISM }),
      )
    },
    async run(request, signal) {
      const limits = { ...ownLimits, ...request.limits }
      return perform(
        { language: request.language, limits },
        signal,
        async (child): Promise<ProgramOutcome> => {
          const end = await child.run(toProgram(request), limits, signal)
          const exitCode = end.endedFor || end.exitCode === null ? undefined : end.exitCode
          return { stdout: end.stdout, stderr: end.stderr, exitCode, failure: judgeProgram(end, limits), mechanism: MECHANISM }
        },
        (failure) => ({ stdout: '', stderr: '', exitCode: undefined, failure, mechanism: MECHANISM }),
      )
    },
    async check(language) {
      const child = await take(language, ownLimits)
      child.end('closed')
    },
    close: yard.close,
  }
}

const toRequest = ({ code, inputsJson }: CodeCall): object => ({ mode: 'call', code, inputs: inputsJson })
const toProgram = ({ code, preload }: ProgramRequest): object => ({ mode: 'program', code, preload })

function toOutcome(judged: ReturnType<typeof judgeCall>): CodeOutcome {
  return 'ok' in judged ? { ...judged, mechanism: MECHANISM } : { ok: false, error: judged, mechanism: MECHANISM }
}

/** Where children are made: finds what is needed once, keeps those that wait, and knows all that live. */
function createYard(options: BubblewrapOptions) {
  const switchesUser = process.getuid?.() === 0
  const users = createUsers()
  const alive = new Set<Child>()
  const interpreters: Partial<Record<Language, Promise<Interpreter>>> = {}
  const pools: Partial<Record<Language, Promise<WarmPool>>> = {}
  let isClosed = false

  function interpreterOf(language: Language): Promise<Interpreter> {
    interpreters[language] ??= options.interpreters[language]({ switchesUser })
    return interpreters[language]
  }

  function startWith(interpreter: Interpreter, limits: CodeLimits): Child {
    const tools = findTools(options.searchPath)
    const [program = '', ...parameters] = wallsCommand({ ...tools, interpreter, limits, egressSocket: undefined })
    const user = switchesUser ? users.take() : undefined
    const systemCallFilter = buildSystemCallFilter(tools.calls, { allowsSockets: false })
    const child = startChild({ program, parameters, user, systemCallFilter })
    alive.add(child)
    child.ended.then(() => {
      alive.delete(child)
      if (user !== undefined) users.giveBack(user)
    })
    return child
  }

  async function openPool(language: Language): Promise<WarmPool> {
    const interpreter = await interpreterOf(language)
    // Without its tools nothing would ever start: better said here, where somebody hears it.
    findTools(options.searchPath)
    return createWarmPool({ start: () => startWith(interpreter, options.limits), size: options.warm, idleMs: options.idleMs })
  }

  return {
    async start(language: Language, limits: CodeLimits): Promise<Child> {
      return startWith(await interpreterOf(language), limits)
    },
    async pool(language: Language): Promise<WarmPool> {
      if (isClosed) throw new Error('The sandbox has been shut down.')
      pools[language] ??= openPool(language).catch((error: unknown) => {
        // What was missing may be installed meanwhile.
        delete pools[language]
        delete interpreters[language]
        throw error
      })
      return pools[language]
    },
    async close(): Promise<void> {
      isClosed = true
      for (const pool of Object.values(pools)) await pool.then((opened) => opened.close()).catch(() => undefined)
      const living = [...alive]
      for (const child of living) child.end('closed')
      await Promise.all(living.map((child) => child.ended))
    },
  }
}

function findTools(searchPath: string) {
  const bubblewrap = findProgram('bwrap', searchPath)
  if (process.platform !== 'linux') throw new Error(`bubblewrap exists on Linux alone. ${remedy}`)
  if (!bubblewrap) throw new Error(`bubblewrap is not installed (on Debian and Ubuntu: apt-get install bubblewrap). ${remedy}`)
  const prlimit = findProgram('prlimit', searchPath)
  if (!prlimit) throw new Error('prlimit is not installed (on Debian and Ubuntu: apt-get install util-linux).')
  const calls = systemCalls[process.arch]
  if (!calls) throw new Error(`There is no filter of system calls for ${process.arch}. ${remedy}`)
  return { bubblewrap, prlimit, calls }
}

const remedy = 'Or name a remote sandbox with CODE_EXECUTION_ENDPOINT.'

function explainStart(error: unknown): string {
  const reason = toMessage(error)
  const advice = /uid map|namespace|Operation not permitted|Permission denied/i.test(reason)
    ? ' Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1; in a container: a seccomp profile that lets them through).'
    : ''
  return `bubblewrap could not start an interpreter: ${reason.replace(/\.?$/, '.')}${advice} ${remedy}`
}

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function withinTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it was not ready within ${timeoutMs / 1000} s`)), timeoutMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
