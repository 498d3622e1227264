import type { Logger } from '@trellis/spec'

/** Closes something that was opened; what it has under way may go on for `graceMs`. */
export type Closer = (graceMs: number) => Promise<void> | void

export interface ClosingOptions {
  readonly graceMs: number
  readonly logger: Logger
}

/** In reverse order of opening; one that fails does not keep the others open. */
export async function closeInTurn(closers: readonly Closer[], { graceMs, logger }: ClosingOptions): Promise<void> {
  for (const close of closers.toReversed()) {
    try {
      await close(graceMs)
    } catch (error) {
      logger.error({ err: error }, 'Something did not close cleanly')
    }
  }
}

/** At the same time, so that all of them share one time of grace. */
export async function closeTogether(closers: readonly Closer[], options: ClosingOptions): Promise<void> {
  await Promise.all(closers.map((close) => closeInTurn([close], options)))
}
