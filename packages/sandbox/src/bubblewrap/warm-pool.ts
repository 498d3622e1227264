import type { Child } from './child.ts'

export interface WarmPoolOptions {
  readonly start: () => Child
  /** Children that wait, once one has been asked for. */
  readonly size: number
  /** So long after the last one was taken, those that wait are ended. */
  readonly idleMs: number
}

export interface WarmPool {
  /** One that is ready or nearly so; nobody else gets it. */
  take(): Child
  close(): void
}

/** Interpreters that have started before anybody needs them. Each serves one request and ends. */
export function createWarmPool({ start, size, idleMs }: WarmPoolOptions): WarmPool {
  let waiting: Child[] = []
  let retire: NodeJS.Timeout | undefined

  function empty(): void {
    clearTimeout(retire)
    for (const child of waiting) child.end('closed')
    waiting = []
  }
  function fill(): void {
    while (waiting.length < size) waiting.push(start())
  }

  return {
    take() {
      waiting = waiting.filter((child) => !child.hasEnded())
      const child = waiting.shift() ?? start()
      // After the request is on its way: starting one costs time that the caller need not wait for.
      setImmediate(fill)
      clearTimeout(retire)
      retire = setTimeout(empty, idleMs)
      retire.unref()
      return child
    },
    close: empty,
  }
}
