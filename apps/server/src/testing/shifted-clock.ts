import type { Clock } from '@trellis/spec'

/** The true time, and what a test adds to it. */
export const createShiftedClock = (): Clock & { advance(milliseconds: number): void } => {
  let shift = 0
  return {
    now: () => Date.now() + shift,
    advance(milliseconds) {
      shift += milliseconds
    },
  }
}
