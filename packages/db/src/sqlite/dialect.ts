import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqliteFiles } from './connections.ts'
import { SqliteDriver } from './driver.ts'

/** Kysely believes SQLite to have one connection, and lets nobody have it before another has given it back: reads would wait for transactions. */
class TwoConnectionsAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

export function createSqliteDialect(files: SqliteFiles): Dialect {
  return {
    createDriver: () => new SqliteDriver(files),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TwoConnectionsAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
