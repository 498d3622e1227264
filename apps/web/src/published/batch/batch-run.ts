import { createObservable, type Observable } from '../observable.ts'
import type { BatchRow } from './batch-sheet.ts'

export type RowStatus = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled'

export interface BatchItem extends BatchRow {
  readonly status: RowStatus
  readonly outputs: Readonly<Record<string, unknown>>
  readonly error: string | null
}

export interface BatchState {
  readonly fileName: string
  readonly items: readonly BatchItem[]
}

/** What came of a row: outputs, or why there are none. */
export type RowOutcome =
  | { readonly status: 'succeeded'; readonly outputs: Readonly<Record<string, unknown>> }
  | { readonly status: 'failed'; readonly error: string; readonly outputs?: Readonly<Record<string, unknown>> }
  /** The server has no room right now: the row is tried again. */
  | { readonly status: 'busy'; readonly error: string }

export interface BatchPorts {
  /** Never throws but for the signal's reason. */
  readonly runRow: (inputs: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<RowOutcome>
  /** Waits before another try, longer each time; rejects when the signal aborts. */
  readonly pause: (attempt: number, signal: AbortSignal) => Promise<void>
}

export interface Batch extends Pick<Observable<BatchState>, 'read' | 'subscribe'> {
  start(): void
  /** Rows under way are stopped, those that wait are not begun. */
  cancel(): void
  /** Once more what failed or was cancelled. */
  retry(): void
}

/** Rows side by side; an app may allow fewer, which then wait. */
const CONCURRENCY = 5
const MAX_ATTEMPTS = 8

/** Runs the rows of a file, a few at a time. */
export function createBatch(fileName: string, rows: readonly BatchRow[], { runRow, pause }: BatchPorts): Batch {
  const items = rows.map((row): BatchItem => ({ ...row, status: 'waiting', outputs: {}, error: null }))
  const state = createObservable<BatchState>({ fileName, items })
  let controller = new AbortController()
  let workers: readonly Promise<void>[] = []

  const set = (line: number, change: Partial<BatchItem>) =>
    state.update((now) => ({ ...now, items: now.items.map((item) => (item.line === line ? { ...item, ...change } : item)) }))

  async function run(item: BatchItem, signal: AbortSignal): Promise<void> {
    set(item.line, { status: 'running' })
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await runRow(item.inputs, signal)
      signal.throwIfAborted()
      if (outcome.status !== 'busy') return set(item.line, { error: null, ...outcome })
      if (attempt + 1 >= MAX_ATTEMPTS) return set(item.line, { status: 'failed', error: outcome.error })
      await pause(attempt, signal)
    }
  }

  async function work(signal: AbortSignal): Promise<void> {
    for (;;) {
      const next = state.read().items.find((item) => item.status === 'waiting')
      if (!next || signal.aborted) return
      // Cancelling has marked the row already; whatever else is thrown is told by `runRow` as a failure.
      await run(next, signal).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    }
  }

  function start(): void {
    controller = new AbortController()
    const { signal } = controller
    const begin = () => work(signal)
    // One that was cancelled may still wait for the name of its run: what comes next waits for its place.
    workers = Array.from({ length: CONCURRENCY }, (_, place) => workers[place]?.then(begin, begin) ?? begin())
  }

  return {
    read: state.read,
    subscribe: state.subscribe,
    start,
    cancel() {
      controller.abort()
      state.update((now) => ({
        ...now,
        items: now.items.map((item) => (isOpen(item) ? { ...item, status: 'cancelled' } : item)),
      }))
    },
    retry() {
      state.update((now) => ({
        ...now,
        items: now.items.map((item) => (isLeftOver(item) ? { ...item, status: 'waiting', error: null, outputs: {} } : item)),
      }))
      start()
    },
  }
}

export const isOpen = ({ status }: BatchItem): boolean => status === 'waiting' || status === 'running'
export const isLeftOver = ({ status }: BatchItem): boolean => status === 'failed' || status === 'cancelled'
