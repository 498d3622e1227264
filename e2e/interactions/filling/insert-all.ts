import type { Database, Db } from '../../../packages/db/src/index.ts'

/** As many as keep a statement below the parameters that SQLite takes, and the server's own writes from waiting long. */
const ROWS_A_STATEMENT = 200

/** Whole rows, past the product: what it would take hours to say. */
export async function insertAll<Table extends keyof Database>(db: Db, table: Table, rows: readonly Database[Table][]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_A_STATEMENT) {
    const some = rows.slice(start, start + ROWS_A_STATEMENT)
    // Whole rows, of whichever table.
    await db
      .insertInto(table)
      .values(some as never)
      .execute()
  }
}
