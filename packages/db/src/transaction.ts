import type { Db } from './open-database.ts'

/**
 * Runs statements in one transaction. The callback shadows the outer name (`async (db) => ...`), so that no statement slips out,
 * and awaits nothing but statements: on SQLite everybody else's writes wait for it.
 */
export async function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  return db.transaction().execute(work)
}
