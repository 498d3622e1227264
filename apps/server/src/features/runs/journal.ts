import type { Db } from '@trellis/db'
import { inTransaction, isUniqueViolation } from '@trellis/db'
import { insertRunEvents, insertRuns, insertRunsAndEvents, type RunEventsRow, type RunRow } from './runs.repository.ts'

/** Events and what follows from them (rows of runs, messages, ...), to be committed together. */
export interface JournalWrite {
  readonly rows: readonly RunEventsRow[]
  /** A run that begins with it. Those of a group are inserted together: at thousands a second the statements are what costs. */
  readonly newRun?: RunRow
  /** Statements of the same transaction; nothing else may be awaited in it. */
  readonly project?: (db: Db) => Promise<void>
}

/** What `project` throws where its write must not be: the database answers, and other writes may go through. */
export class RefusedWriteError extends Error {}

export interface Journal {
  /** Resolves once the write is durable. */
  write(write: JournalWrite): Promise<void>
  /** Waits for what has been handed in. */
  close(): Promise<void>
}

interface PendingWrite extends JournalWrite {
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export interface JournalOptions {
  /** Transactions at a time: one where the database has one writer, a few where each statement is a round trip. */
  readonly writers: number
  /** Most writes that share a transaction. Each waits for all of its group; a failure repeats them one by one. */
  readonly groupSize: number
}

export const oneWriter: JournalOptions = { writers: 1, groupSize: 500 }
export const severalWriters: JournalOptions = { writers: 4, groupSize: 24 }

/** So many failures in a row are the database's, not the writes'. */
const FAILURES_OF_A_DATABASE = 3

/**
 * Group commit: writes that arrive while a transaction is under way share the next one, so that a thousand runs cost few commits.
 */
export function createJournal(db: Db, { writers, groupSize }: JournalOptions = oneWriter): Journal {
  let pending: PendingWrite[] = []
  let isGathering = false
  const working = new Set<Promise<void>>()

  const drain = async (): Promise<void> => {
    while (pending.length > 0) await commitGroup(db, pending.splice(0, groupSize))
  }
  const startWriter = (): void => {
    isGathering = false
    const writer = drain().finally(() => working.delete(writer))
    working.add(writer)
    if (pending.length > 0) gather()
  }
  // One turn of the event loop gathers what comes with the same burst of input.
  const gather = (): void => {
    if (isGathering || working.size >= writers) return
    isGathering = true
    setImmediate(startWriter)
  }
  return {
    write(write) {
      return new Promise((resolve, reject) => {
        pending.push({ ...write, resolve, reject })
        gather()
      })
    },
    async close() {
      while (isGathering || working.size > 0) {
        await Promise.all(working)
        await new Promise((resolve) => setImmediate(resolve))
      }
      pending = []
    },
  }
}

async function commitGroup(db: Db, group: readonly PendingWrite[]): Promise<void> {
  try {
    await commit(db, group)
    for (const write of group) write.resolve()
  } catch (error) {
    if (group.length === 1) group[0]?.reject(error)
    else await commitOneByOne(db, group)
  }
}

/**
 * One bad write (a run that another process took over) must not fail its neighbours. Where several in a row fail, it is not the
 * writes: each of them would wait for a database that does not answer, and everything behind them too.
 */
async function commitOneByOne(db: Db, group: readonly PendingWrite[]): Promise<void> {
  let failures: readonly unknown[] = []
  for (const write of group) {
    if (failures.length >= FAILURES_OF_A_DATABASE) {
      write.reject(failures.at(-1))
      continue
    }
    try {
      await commit(db, [write])
      write.resolve()
      failures = []
    } catch (error) {
      write.reject(error)
      if (!isUniqueViolation(error) && !(error instanceof RefusedWriteError)) failures = [...failures, error]
    }
  }
}

async function commit(db: Db, group: readonly JournalWrite[]): Promise<void> {
  const rows = group.flatMap((write) => write.rows)
  const newRuns = group.flatMap((write) => write.newRun ?? [])
  const projects = group.flatMap((write) => write.project ?? [])
  if (projects.length === 0) {
    await insertRunsAndEvents(db, newRuns, rows)
    return
  }
  await inTransaction(db, async (db) => {
    await insertRuns(db, newRuns)
    for (const project of projects) await project(db)
    await insertRunEvents(db, rows)
  })
}
