import type { BrowserContext, Response } from 'playwright-core'

/** What must not happen on any page, collected from all of them. */
export interface Watch {
  follow(context: BrowserContext, who: string): void
  /** Runs a scene in which requests are refused on purpose; that each of the refusals comes is part of what must happen. */
  expecting(refusals: Refusals, scene: () => Promise<void>): Promise<void>
  /** The faults since the last time, forgotten by it. */
  takeFaults(): string[]
}

export interface Refusals {
  readonly statuses: readonly number[]
  /** The end of the address, without its query. */
  readonly path: string
}

export function createWatch(): Watch {
  let faults: string[] = []
  let expected: { readonly refusals: Refusals; readonly seen: Set<number> } | undefined
  const isExpected = (response: Response): boolean => {
    if (!expected?.refusals.statuses.includes(response.status())) return false
    if (!new URL(response.url()).pathname.endsWith(expected.refusals.path)) return false
    expected.seen.add(response.status())
    return true
  }
  return {
    follow(context, who) {
      const report = (what: string): void => void faults.push(`${who}: ${what}`)
      context.on('console', (message) => {
        if (!['error', 'warning'].includes(message.type())) return
        // The response itself is judged below.
        if (message.text().startsWith('Failed to load resource')) return
        report(`console ${message.type()}: ${message.text().slice(0, 500)} (${message.location().url})`)
      })
      context.on('weberror', (error) => report(`page error: ${error.error().stack ?? error.error().message}`))
      context.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? ''
        // The page itself let go of it: it was left, or an answer was stopped.
        if (reason !== 'net::ERR_ABORTED') report(`request failed: ${request.method()} ${request.url()} ${reason}`)
      })
      context.on('response', (response) => {
        if (response.status() < 400 || isExpected(response)) return
        report(`answer ${response.status()}: ${response.request().method()} ${response.url()}`)
      })
    },
    async expecting(refusals, scene) {
      const seen = new Set<number>()
      expected = { refusals, seen }
      try {
        await scene()
        const unseen = refusals.statuses.filter((status) => !seen.has(status))
        if (unseen.length > 0) throw new Error(`nothing at ${refusals.path} answered ${unseen.join(', ')}`)
      } finally {
        expected = undefined
      }
    },
    takeFaults() {
      const taken = faults
      faults = []
      return taken
    },
  }
}
