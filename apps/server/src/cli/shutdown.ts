import type { Logger } from '@trellis/spec'

/** Signals that reach a whole process group arrive twice. */
const REPEAT_MS = 1000

/**
 * Resolves when the process is asked to end: Ctrl-C, a supervisor's TERM, or a closed terminal. Asked a second time while it drains,
 * it leaves at once.
 */
export function waitForShutdown({ logger }: { readonly logger: Logger }): Promise<void> {
  return new Promise((resolve) => {
    let askedAt: number | undefined
    const onSignal = (signal: NodeJS.Signals): void => {
      if (askedAt === undefined) {
        askedAt = performance.now()
        logger.info({ signal }, 'Stopping: what is being answered is finished first; once more stops at once')
        resolve()
      } else if (performance.now() - askedAt > REPEAT_MS) {
        process.exit(130)
      }
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  })
}
