import { type CompiledQuery, type InsertObject, PostgresAdapter } from 'kysely'
import type { Db } from './open-database.ts'
import type { Database } from './schema/database.ts'
import { inTransaction } from './transaction.ts'

/** The most rows of one statement: its parameters stay far below what any dialect takes. */
const MOST_ROWS = 64

/** Inserts whole rows of one table. */
export interface RowInsert<Row> {
  insert(db: Db, rows: readonly Row[]): Promise<void>
  /** The statement for some rows, at most as many as one takes. */
  statementFor(db: Db, rows: readonly Row[]): CompiledQuery
}

/**
 * The statement for a number of rows is made once and from then on only given its parameters: where rows come by the thousand a second,
 * making it costs more than carrying it out. All columns are named, so that none is forgotten.
 */
export function createRowInsert<Table extends keyof Database>(
  table: Table,
  columns: Readonly<Record<keyof Database[Table], true>>,
): RowInsert<Database[Table]> {
  type Row = Database[Table]
  // The record has no other keys.
  const names = Object.keys(columns) as (keyof Row)[]
  const compile = (db: Db, rows: readonly Row[]): CompiledQuery => {
    const inOrder = rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])))
    // Whole rows of the table.
    return db
      .insertInto(table)
      .values(inOrder as unknown as InsertObject<Database, Table>[])
      .compile()
  }
  const compiled = createStatementMemory()
  const statementFor = (db: Db, rows: readonly Row[]): CompiledQuery => {
    const parameters: unknown[] = []
    for (const row of rows) for (const name of names) parameters.push(row[name])
    return { ...compiled(db, rows.length, () => compile(db, rows)), parameters }
  }
  return {
    statementFor,
    async insert(db, rows) {
      if (rows.length === 0) return
      for (const some of inPortions(rows)) await db.executeQuery(statementFor(db, some))
    },
  }
}

const inPortions = <Row>(rows: readonly Row[]): readonly (readonly Row[])[] =>
  rows.length <= MOST_ROWS
    ? [rows]
    : Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, place) => rows.slice(place * MOST_ROWS, (place + 1) * MOST_ROWS))

/** Statements by dialect, whose adapter a transaction shares with its database, and by what they are for. */
function createStatementMemory(): (db: Db, key: number | string, compile: () => CompiledQuery) => CompiledQuery {
  const byAdapter = new WeakMap<object, Map<number | string, CompiledQuery>>()
  return (db, key, compile) => {
    const { adapter } = db.getExecutor()
    const known = byAdapter.get(adapter) ?? new Map<number | string, CompiledQuery>()
    byAdapter.set(adapter, known)
    const statement = known.get(key) ?? compile()
    known.set(key, statement)
    return statement
  }
}

/**
 * Inserts rows of two tables, all or none: by one statement where the dialect has one that writes to both (PostgreSQL: one round trip
 * instead of four), by a transaction elsewhere.
 */
export function createJointInsert<First, Second>(
  first: RowInsert<First>,
  second: RowInsert<Second>,
): (db: Db, firstRows: readonly First[], secondRows: readonly Second[]) => Promise<void> {
  const compiled = createStatementMemory()
  const inOneStatement = (db: Db, firstRows: readonly First[], secondRows: readonly Second[]): CompiledQuery => {
    const [one, two] = [first.statementFor(db, firstRows), second.statementFor(db, secondRows)]
    const join = (): CompiledQuery => ({
      ...one,
      sql: `with first as (${one.sql}), second as (${shiftParameters(two.sql, one.parameters.length)}) select`,
    })
    return { ...compiled(db, `${firstRows.length} ${secondRows.length}`, join), parameters: [...one.parameters, ...two.parameters] }
  }
  return async (db, firstRows, secondRows) => {
    const isShort = firstRows.length <= MOST_ROWS && secondRows.length <= MOST_ROWS
    if (isShort && firstRows.length === 0) await second.insert(db, secondRows)
    else if (isShort && db.getExecutor().adapter instanceof PostgresAdapter) {
      await db.executeQuery(inOneStatement(db, firstRows, secondRows))
    } else {
      await inTransaction(db, async (db) => {
        await first.insert(db, firstRows)
        await second.insert(db, secondRows)
      })
    }
  }
}

/** Of a statement without text of its own: all of its values are parameters. */
const shiftParameters = (statement: string, by: number): string => statement.replace(/\$(\d+)/g, (_, place) => `$${Number(place) + by}`)
