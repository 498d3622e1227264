import type { Statement } from 'better-sqlite3'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  type TransactionSettings,
} from 'kysely'
import type { SqliteFiles, SqliteHandle } from './connections.ts'

const MAX_CACHED_STATEMENTS = 500

/**
 * Kysely driver for one writer and one reader connection. A select outside a transaction runs on the reader at once;
 * everything else takes its turn at the writer. Statements are prepared once and kept.
 */
export class SqliteDriver implements Driver {
  readonly #files: SqliteFiles
  readonly #turn = new Turnstile()
  readonly #statements = new Map<SqliteHandle, Map<string, Statement>>()
  /** Kysely wraps each connection that it has not seen yet, so those that are free again are used again. */
  readonly #free: SqliteConnection[] = []

  constructor(files: SqliteFiles) {
    this.#files = files
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#free.pop() ?? new SqliteConnection(this.#files, this.#turn, (handle, sql) => this.#prepare(handle, sql))
  }

  async beginTransaction(connection: DatabaseConnection, _settings: TransactionSettings): Promise<void> {
    await asSqlite(connection).begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    asSqlite(connection).commit()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    asSqlite(connection).rollback()
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#free.push(asSqlite(connection))
  }

  async destroy(): Promise<void> {
    this.#statements.clear()
    this.#files.close()
  }

  #prepare(handle: SqliteHandle, sql: string): Statement {
    let cached = this.#statements.get(handle)
    if (!cached) {
      cached = new Map()
      this.#statements.set(handle, cached)
    }
    const known = cached.get(sql)
    if (known) return known
    if (cached.size >= MAX_CACHED_STATEMENTS) cached.clear()
    const statement = handle.prepare(sql)
    cached.set(sql, statement)
    return statement
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #files: SqliteFiles
  readonly #turn: Turnstile
  readonly #prepare: (handle: SqliteHandle, sql: string) => Statement
  #leave: (() => void) | undefined

  constructor(files: SqliteFiles, turn: Turnstile, prepare: (handle: SqliteHandle, sql: string) => Statement) {
    this.#files = files
    this.#turn = turn
    this.#prepare = prepare
  }

  async begin(): Promise<void> {
    const leave = await this.#turn.enter()
    try {
      this.#prepare(this.#files.writer, 'begin immediate').run()
    } catch (error) {
      // Another process holds the lock: whoever waits for a turn must not wait for this one, which never began.
      leave()
      throw error
    }
    this.#leave = leave
  }

  /** One that fails keeps the turn: the transaction is still open, and whoever was next would be inside it. A rollback follows. */
  commit(): void {
    this.#prepare(this.#files.writer, 'commit').run()
    this.#giveUpTurn()
  }

  rollback(): void {
    try {
      // A failed statement may have ended the transaction already.
      if (this.#files.writer.inTransaction) this.#prepare(this.#files.writer, 'rollback').run()
    } finally {
      this.#giveUpTurn()
    }
  }

  #giveUpTurn(): void {
    this.#leave?.()
    this.#leave = undefined
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#leave) return this.#run(this.#files.writer, query)
    if (SelectQueryNode.is(query.query) && this.#files.reader !== this.#files.writer) return this.#run(this.#files.reader, query)
    const leave = await this.#turn.enter()
    try {
      return this.#run(this.#files.writer, query)
    } finally {
      leave()
    }
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const handle = this.#leave ? this.#files.writer : this.#files.reader
    // A cached statement cannot be iterated twice at once: prepare one for this stream alone.
    const rows = handle.prepare(query.sql).iterate(...query.parameters)
    for (const row of rows) yield { rows: [row as R] } // better-sqlite3 types rows as unknown; the query's type says what they are
  }

  #run<R>(handle: SqliteHandle, query: CompiledQuery): QueryResult<R> {
    const statement = this.#prepare(handle, query.sql)
    if (statement.reader) return { rows: statement.all(...query.parameters) as R[] } // as above
    const { changes, lastInsertRowid } = statement.run(...query.parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }
}

/** First come, first served. */
class Turnstile {
  #last: Promise<void> = Promise.resolve()

  async enter(): Promise<() => void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const before = this.#last
    this.#last = promise
    await before
    return resolve
  }
}

function asSqlite(connection: DatabaseConnection): SqliteConnection {
  if (connection instanceof SqliteConnection) return connection
  throw new TypeError('A connection of another driver was handed to the SQLite driver.')
}
