import { setTimeout as delay } from 'node:timers/promises'
import type { Locator } from 'playwright-core'

const POLL_MS = 50
/** Other tests run beside the journey: what comes at once on a quiet machine may take seconds. */
const PATIENCE_MS = 20_000

export const appears = (locator: Locator): Promise<void> => locator.waitFor({ state: 'visible' })

export const vanishes = (locator: Locator): Promise<void> => locator.waitFor({ state: 'hidden' })

/** Asks until the answer pleases, and gives it. `what` completes the sentence "never came true: ...". */
export async function until<Value>(
  what: string,
  ask: () => Promise<Value>,
  pleases: (value: Value) => boolean = (value) => value === true,
  patienceMs = PATIENCE_MS,
): Promise<Value> {
  const deadline = performance.now() + patienceMs
  for (;;) {
    const value = await ask()
    if (pleases(value)) return value
    if (performance.now() > deadline) throw new Error(`never came true: ${what}; last seen: ${JSON.stringify(value)?.slice(0, 300)}`)
    await delay(POLL_MS)
  }
}

export function check(claim: boolean, what: string): void {
  if (!claim) throw new Error(what)
}
