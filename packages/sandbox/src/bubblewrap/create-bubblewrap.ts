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
import { withinTime } from '../within-time.ts'
import type { Child } from './child.ts'
import { judgeCall, judgeProgram } from './judge-end.ts'
import { explainStart } from './tools.ts'
import type { Kind, Language, Yard } from './yard.ts'

export interface BubblewrapOptions {
  readonly yard: Yard
  readonly limits: CodeLimits
  /** Requests at a time; the others wait. */
  readonly concurrency: number
  /** Whether a request that asks for the network gets it: where the yard has a way out. */
  readonly allowsNetwork: boolean
}

export interface Bubblewrap extends ProgramRunner, CodeCaller {
  /** Starts an interpreter inside and ends it. @throws a sentence that says why that cannot be and what to do */
  check(language: Language): Promise<void>
}

const MECHANISM = 'bubblewrap'
const START_MS = 10_000

/** The reference runner: an interpreter in namespaces of its own, for one request. */
export function createBubblewrap({ yard, limits: ownLimits, concurrency, allowsNetwork }: BubblewrapOptions): Bubblewrap {
  const turns = createTurns(concurrency)

  /** Takes a child whose walls fit the limits: one that waits, or one made for them. */
  async function take(kind: Kind, limits: CodeLimits): Promise<Child> {
    const isUsual =
      limits.timeoutMs <= ownLimits.timeoutMs &&
      limits.memoryMegabytes === ownLimits.memoryMegabytes &&
      limits.processes === ownLimits.processes &&
      limits.fileMegabytes === ownLimits.fileMegabytes
    const child = isUsual ? (await yard.pool(kind)).take() : await yard.start(kind, limits)
    try {
      await withinTime(child.ready, START_MS)
    } catch (error) {
      child.end('closed')
      throw new Error(explainStart(toMessage(error)), { cause: error })
    }
    return child
  }

  async function perform<T>(
    request: { readonly kind: Kind; readonly limits: CodeLimits; readonly signal: AbortSignal },
    use: (child: Child) => Promise<T>,
    refuse: (failure: SandboxFailure) => T,
  ): Promise<T> {
    const giveBack = await turns.take(request.signal)
    try {
      const child = await take(request.kind, request.limits).catch(toMessage)
      if (typeof child === 'string') return refuse({ kind: 'unavailable', message: child })
      const result = await use(child)
      request.signal.throwIfAborted()
      return result
    } finally {
      giveBack()
    }
  }

  const toKind = (language: Language, enableNetwork: boolean | undefined): Kind => ({
    language,
    hasNetwork: allowsNetwork && enableNetwork === true,
  })

  return {
    async call(call, signal) {
      const limits = { ...ownLimits, ...call.limits }
      return perform(
        { kind: toKind(call.language === 'javascript' ? 'nodejs' : 'python3', call.enableNetwork), limits, signal },
        async (child) => toOutcome(judgeCall(await child.run(toRequest(call), limits, signal), limits)),
        (error): CodeOutcome => ({ ok: false, error, mechanism: MECHANISM }),
      )
    },
    async run(request, signal) {
      const limits = { ...ownLimits, ...request.limits }
      return perform(
        { kind: toKind(request.language, request.enableNetwork), limits, signal },
        async (child): Promise<ProgramOutcome> => {
          const end = await child.run(toProgram(request), limits, signal)
          const exitCode = end.endedFor || end.exitCode === null ? undefined : end.exitCode
          return { stdout: end.stdout, stderr: end.stderr, exitCode, failure: judgeProgram(end, limits), mechanism: MECHANISM }
        },
        (failure) => ({ stdout: '', stderr: '', exitCode: undefined, failure, mechanism: MECHANISM }),
      )
    },
    async check(language) {
      const child = await take({ language, hasNetwork: false }, ownLimits)
      child.end('closed')
    },
  }
}

const toRequest = ({ code, inputsJson }: CodeCall): object => ({ mode: 'call', code, inputs: inputsJson })
const toProgram = ({ code, preload }: ProgramRequest): object => ({ mode: 'program', code, preload })

function toOutcome(judged: ReturnType<typeof judgeCall>): CodeOutcome {
  return 'ok' in judged ? { ...judged, mechanism: MECHANISM } : { ok: false, error: judged, mechanism: MECHANISM }
}

const toMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))
