import type { BrowserContext, Request } from 'playwright-core'
import { until } from './wait.ts'

/** What must not happen on any page, collected from all of them. */
export interface Watch {
  follow(context: BrowserContext, who: string): void
  /** Runs a scene that asks for something which is refused on purpose, and waits until each of the refusals has come. */
  expecting(refusals: Refusals, scene: () => Promise<void>): Promise<void>
  /** The faults since the last time, forgotten by it. */
  takeFaults(): string[]
}

export interface Refusals {
  readonly statuses: readonly number[]
  /** The end of the address, without its query, or those of several. */
  readonly path: string | readonly string[]
}

interface Expectation {
  readonly refusals: Refusals
  readonly seen: Set<number>
}

export function createWatch(): Watch {
  let faults: string[] = []
  let expected: Expectation | undefined
  // A page shows what it learned before the browser tells us of the answer: what counts is when the question was asked.
  const asked = new WeakMap<Request, Expectation>()
  const isExpected = (request: Request, status: number): boolean => {
    const expectation = asked.get(request)
    if (!expectation?.refusals.statuses.includes(status)) return false
    expectation.seen.add(status)
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
      context.on('request', (request) => {
        const { pathname } = new URL(request.url())
        if (expected && [expected.refusals.path].flat().some((path) => pathname.endsWith(path))) asked.set(request, expected)
      })
      context.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText ?? ''
        // The page itself let go of it: it was left, or an answer was stopped.
        if (reason !== 'net::ERR_ABORTED') report(`request failed: ${request.method()} ${request.url()} ${reason}`)
      })
      context.on('response', (response) => {
        const request = response.request()
        if (response.status() < 400 || isExpected(request, response.status())) return
        report(`answer ${response.status()}: ${request.method()} ${response.url()}`)
      })
    },
    async expecting(refusals, scene) {
      const expectation = { refusals, seen: new Set<number>() }
      expected = expectation
      try {
        await scene()
      } finally {
        expected = undefined
      }
      const unseen = async (): Promise<number[]> => refusals.statuses.filter((status) => !expectation.seen.has(status))
      await until(`${refusals.path} refuses`, unseen, (statuses) => statuses.length === 0)
    },
    takeFaults() {
      const taken = faults
      faults = []
      return taken
    },
  }
}
