/** Wakes one sleeper. Ringing while nobody sleeps makes the next sleep return at once. */
export interface Bell {
  ring(): void
  /** Returns true where the bell rang, false where the time was up. */
  sleep(ms: number): Promise<boolean>
}

export function createBell(): Bell {
  let hasRung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      hasRung = true
      wake?.()
    },
    async sleep(ms) {
      if (!hasRung) {
        const { promise, resolve } = Promise.withResolvers<void>()
        const timer = setTimeout(resolve, ms)
        wake = resolve
        await promise
        clearTimeout(timer)
        wake = undefined
      }
      const woken = hasRung
      hasRung = false
      return woken
    },
  }
}
