/** Lets so many work at a time; the others wait in their order, until their signal aborts. */
export interface Turns {
  /** Resolves to what gives the turn back. @throws the signal's reason where it aborts first */
  take(signal: AbortSignal): Promise<() => void>
}

export function createTurns(most: number): Turns {
  let taken = 0
  const waiting = new Set<() => void>()

  function giveBack(): void {
    const [next] = waiting
    if (next) next()
    else taken -= 1
  }

  return {
    async take(signal) {
      signal.throwIfAborted()
      if (taken < most) taken += 1
      else await wait(waiting, signal)
      let isHeld = true
      return () => {
        if (isHeld) giveBack()
        isHeld = false
      }
    },
  }
}

function wait(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      waiting.delete(go)
      signal.removeEventListener('abort', abort)
    }
    const go = (): void => {
      leave()
      resolve()
    }
    const abort = (): void => {
      leave()
      reject(signal.reason)
    }
    waiting.add(go)
    signal.addEventListener('abort', abort, { once: true })
  })
}
