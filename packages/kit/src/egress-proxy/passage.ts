import { EgressError } from '@trellis/spec'
import type { EgressProxyLimits } from './limits.ts'

/** A line of the access log. */
export interface EgressAccess {
  readonly kind: 'request' | 'tunnel'
  readonly method: string
  /** Host and port; never path or query, which may carry secrets. Empty where the client named none. */
  readonly target: string
  /** Address of the client; undefined on a unix socket. */
  readonly client: string | undefined
  readonly outcome: 'passed' | 'refused' | 'failed'
  /** What the client was answered; for a tunnel that stood, 200. */
  readonly status: number
  /** The rule that refused. */
  readonly rule: string | undefined
  readonly message: string | undefined
  readonly bytesUp: number
  readonly bytesDown: number
  readonly durationMs: number
}

/** One request or tunnel on its way through: counted, timed, and told once. */
export interface Passage {
  /** Aborts, with an EgressError as its reason, when a bound is passed or an end goes away. */
  readonly signal: AbortSignal
  target: string
  countUp(bytes: number): void
  countDown(bytes: number): void
  abort(reason: EgressError): void
  end(result: { readonly status: number; readonly error?: EgressError }): void
}

export interface PassageOptions extends Pick<EgressAccess, 'kind' | 'method' | 'client'> {
  readonly limits: EgressProxyLimits
  readonly onEnd: (access: EgressAccess) => void
}

export function createPassage({ limits, onEnd, ...about }: PassageOptions): Passage {
  const controller = new AbortController()
  const startedAt = performance.now()
  let seenAt = startedAt
  let isEnded = false
  const bytes = { up: 0, down: 0 }
  const abort = (reason: EgressError) => controller.abort(reason)
  const total = setTimeout(
    () => abort(new EgressError('timeout', `It took longer than ${limits.totalTimeoutMs} ms.`, { rule: 'total-timeout' })),
    limits.totalTimeoutMs,
  )
  let idle: NodeJS.Timeout
  const watch = (afterMs: number) => {
    idle = setTimeout(() => {
      const leftMs = seenAt + limits.idleTimeoutMs - performance.now()
      if (leftMs > 0) watch(leftMs)
      else abort(new EgressError('timeout', `Nothing was said for ${limits.idleTimeoutMs} ms.`, { rule: 'idle-timeout' }))
    }, afterMs)
  }
  watch(limits.idleTimeoutMs)
  const count = (direction: 'up' | 'down', size: number) => {
    seenAt = performance.now()
    bytes[direction] += size
    if (bytes[direction] > limits.maxBytes) {
      abort(new EgressError('too-large', `More than ${limits.maxBytes} bytes went one way.`, { rule: 'max-bytes' }))
    }
  }
  const passage: Passage = {
    signal: controller.signal,
    target: '',
    countUp: (size) => count('up', size),
    countDown: (size) => count('down', size),
    abort,
    end({ status, error }) {
      if (isEnded) return
      isEnded = true
      clearTimeout(total)
      clearTimeout(idle)
      onEnd({
        ...about,
        target: passage.target,
        outcome: error === undefined ? 'passed' : error.failure === 'refused' ? 'refused' : 'failed',
        status,
        rule: error?.rule,
        message: error?.message,
        bytesUp: bytes.up,
        bytesDown: bytes.down,
        durationMs: Math.round(performance.now() - startedAt),
      })
    },
  }
  return passage
}

/** What ended a passage: the bound that was passed, else what was thrown. */
export function toPassageError(thrown: unknown, { signal }: Passage): EgressError {
  const reason: unknown = signal.aborted ? signal.reason : thrown
  if (reason instanceof EgressError) return reason
  return new EgressError('connection', reason instanceof Error ? reason.message : String(reason), { cause: reason })
}
