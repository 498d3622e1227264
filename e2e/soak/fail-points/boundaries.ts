import type { Db } from '../../../packages/db/src/index.ts'

export interface Boundaries {
  /** A step is over, or about to begin. */
  readonly pass: () => void
  /** Counts from here on. */
  begin(): void
  count(): number
}

/** Counts the moments between two steps, and ends the process by force at the one with that number. */
export function createBoundaries(dieAt: number | undefined): Boundaries {
  let isCounting = false
  let count = 0
  return {
    pass() {
      if (!isCounting) return
      count += 1
      if (count === dieAt) process.kill(process.pid, 'SIGKILL')
    },
    begin() {
      isCounting = true
    },
    count: () => count,
  }
}

/** The database with a boundary before and after each transaction; those within are the statements'. */
export function withBoundaries(db: Db, pass: () => void): Db {
  const transaction = () => ({
    async execute<T>(work: (db: Db) => Promise<T>): Promise<T> {
      pass()
      const result = await db.transaction().execute(work)
      pass()
      return result
    },
  })
  return new Proxy(db, {
    get(target, name) {
      if (name === 'transaction') return transaction
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
