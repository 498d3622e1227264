import { AppError } from '@trellis/contracts'

/** Counts what several hold together. */
export interface ByteBudget {
  /** @throws `service_unavailable` where others hold too much already */
  take(bytes: number): void
  giveBack(bytes: number): void
}

export function createByteBudget(most: number): ByteBudget {
  let held = 0
  return {
    take(bytes) {
      if (held + bytes > most) {
        throw new AppError('service_unavailable', {
          message: 'Too many files are being uploaded at this moment. Try again shortly.',
          refusal: { reason: 'uploads_busy', values: {} },
          retryAfterSeconds: 5,
        })
      }
      held += bytes
    },
    giveBack(bytes) {
      held -= bytes
    },
  }
}
