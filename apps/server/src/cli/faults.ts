import type { Logger } from '@trellis/spec'

/** What runs gets this long to end after a fault: its state is not to be trusted for longer. */
export const FAULT_GRACE_MS = 3000
/** By then the process is gone, whether or not it could close. */
const FAULT_LIMIT_MS = 10_000

/**
 * Resolves when an error was caught by nobody. Whoever waits closes what is open and exits non-zero, so that a supervisor starts a
 * process whose state is known; one that hangs meanwhile is ended all the same. Without listeners of their own, rejections that
 * nobody awaits come here too.
 */
export function waitForFault({ logger }: { readonly logger: Logger }): Promise<'fault'> {
  return new Promise((resolve) => {
    process.on('uncaughtException', (error, origin) => {
      logger.fatal({ err: error, origin }, 'An error was caught by nobody: the process stops')
      setTimeout(() => process.exit(1), FAULT_LIMIT_MS).unref()
      resolve('fault')
    })
  })
}
