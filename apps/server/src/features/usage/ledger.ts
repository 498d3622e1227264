import { type Db, inTransaction } from '@trellis/db'
import type { Logger } from '@trellis/spec'
import { toDayRows } from './day-rows.ts'
import { addToDays, type CallRow, insertCalls } from './ledger.repository.ts'

/** Calls are written together: what a kill can cost is so much of what is told of them. Budgets do not wait for it. */
const FLUSH_MS = 1_000
/** So many are written without waiting. */
const MANY = 500
/** While the database does not answer, no more than these are kept. */
const MOST_KEPT = 50_000

/** Books calls of models, in groups and beside whoever calls. */
export interface Ledger {
  add(call: CallRow): void
  /** Resolves once all that was added is written, or could not be. */
  flush(): Promise<void>
  close(): Promise<void>
}

export function createLedger({ db, logger }: { readonly db: Db; readonly logger: Logger }): Ledger {
  let pending: CallRow[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async (): Promise<void> => {
    const calls = pending
    pending = []
    if (calls.length === 0) return
    try {
      await inTransaction(db, async (db) => {
        await insertCalls(db, calls)
        await addToDays(db, toDayRows(calls))
      })
    } catch (error) {
      const kept = [...calls, ...pending]
      pending = kept.slice(-MOST_KEPT)
      logger.error({ err: error, kept: pending.length, lost: kept.length - pending.length }, 'The use of models could not be written')
      schedule()
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(write)
    return writing
  }
  const schedule = (): void => {
    timer ??= setTimeout(() => void flush(), FLUSH_MS).unref()
  }
  return {
    flush,
    add(call) {
      pending.push(call)
      if (pending.length === MANY) void flush()
      else schedule()
    },
    async close() {
      await flush()
      clearTimeout(timer)
    },
  }
}
