import type { JobRegistration } from '@trellis/spec'

/** How a try ended. `interrupted`: the worker shut down; `lost`: somebody else has the job by now. */
export type JobOutcome =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly error: unknown }
  | { readonly type: 'interrupted' }
  | { readonly type: 'lost' }

export interface RunningJob {
  /** Never rejects. */
  readonly outcome: Promise<JobOutcome>
  /** Asks the handler to end; one that does not listen is abandoned after a second. */
  interrupt(): void
  lose(): void
}

/** setTimeout fires at once where it is given more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1
const ABANDON_AFTER_MS = 1000

/** Starts one try. Whoever waits for its outcome is never held up by a handler that ignores its signal. */
export function startJob(
  { definition, handler }: JobRegistration,
  { payload, attempt }: { readonly payload: unknown; readonly attempt: number },
): RunningJob {
  const controller = new AbortController()
  const { promise: outcome, resolve } = Promise.withResolvers<JobOutcome>()
  const timers: NodeJS.Timeout[] = []
  let isInterrupted = false

  function settle(result: JobOutcome): void {
    for (const timer of timers) clearTimeout(timer)
    resolve(result)
  }
  function after(ms: number, action: () => void): void {
    timers.push(setTimeout(action, Math.min(ms, LONGEST_TIMER_MS)))
  }

  after(definition.timeoutMs, () => {
    const error = new DOMException(`The job "${definition.name}" did not end within ${definition.timeoutMs} ms.`, 'TimeoutError')
    settle({ type: 'failed', error })
    controller.abort(error)
  })
  // Started in a microtask, so that a handler which throws at once is a failed try like any other.
  Promise.resolve()
    .then(() => handler({ payload, attempt, signal: controller.signal }))
    .then(
      () => settle({ type: 'done' }),
      (error: unknown) => settle(isInterrupted ? { type: 'interrupted' } : { type: 'failed', error }),
    )

  return {
    outcome,
    interrupt() {
      isInterrupted = true
      after(ABANDON_AFTER_MS, () => settle({ type: 'interrupted' }))
      controller.abort(new DOMException('The worker is shutting down.', 'AbortError'))
    },
    lose() {
      settle({ type: 'lost' })
      controller.abort(new DOMException('The job was handed to another worker.', 'AbortError'))
    },
  }
}
