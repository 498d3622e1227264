import BetterSqlite from 'better-sqlite3'

export type SqliteHandle = BetterSqlite.Database

export interface SqliteFiles {
  /** The only connection that writes. */
  readonly writer: SqliteHandle
  /** Reads that belong to no transaction: they never wait for one. */
  readonly reader: SqliteHandle
  close(): void
}

/** Opens a database file (or `:memory:`) in write-ahead mode: a killed process loses no committed transaction. */
export function openSqliteFiles(file: string): SqliteFiles {
  const writer = new BetterSqlite(file)
  writer.pragma('journal_mode = WAL')
  writer.pragma('synchronous = NORMAL')
  writer.pragma('foreign_keys = ON')
  writer.pragma('busy_timeout = 5000')
  writer.pragma('cache_size = -16000')
  lowerEveryAlphabet(writer)
  if (file === ':memory:') return { writer, reader: writer, close: () => writer.close() }
  const reader = new BetterSqlite(file, { readonly: true })
  reader.pragma('busy_timeout = 5000')
  reader.pragma('cache_size = -16000')
  lowerEveryAlphabet(reader)
  return {
    writer,
    reader,
    close() {
      reader.close()
      writer.close()
    },
  }
}

/** SQLite's own `lower` knows the letters of ASCII only; searches would miss others, which they find on the other dialects. */
function lowerEveryAlphabet(handle: SqliteHandle): void {
  handle.function('lower', { deterministic: true }, (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value))
}
