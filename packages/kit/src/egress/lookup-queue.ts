import type { HostLookup, ResolvedAddress } from './guard.ts'

export interface LookupQueueOptions {
  /** Lookups under way at a time. */
  readonly most: number
  /** A name that waits longer for its turn is not looked up any more. */
  readonly longestWaitMs: number
}

/**
 * Asks the system's resolver for few names at a time, and for the same name once at a time. Each lookup holds one of the few threads
 * that files and cryptography need too, for as long as a name server likes to be silent; content may name such servers at will.
 */
export function createLookupQueue(lookup: HostLookup, { most, longestWaitMs }: LookupQueueOptions): HostLookup {
  const underWay = new Map<string, Promise<readonly ResolvedAddress[]>>()
  const waiting: (() => void)[] = []
  let running = 0
  const takeTurn = (hostname: string): Promise<void> => {
    if (running < most) {
      running += 1
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(start), 1)
        reject(Object.assign(new Error(`${hostname} waited ${longestWaitMs} ms to be looked up.`), { code: 'EAI_AGAIN' }))
      }, longestWaitMs)
      waiting.push(start)
    })
  }
  const giveTurn = () => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  const run = async (hostname: string): Promise<readonly ResolvedAddress[]> => {
    await takeTurn(hostname)
    try {
      return await lookup(hostname)
    } finally {
      giveTurn()
    }
  }
  return (hostname) => {
    const known = underWay.get(hostname)
    if (known !== undefined) return known
    const found = run(hostname).finally(() => underWay.delete(hostname))
    underWay.set(hostname, found)
    return found
  }
}
