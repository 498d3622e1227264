import { type Dialect, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { SqliteFiles } from './connections.ts'
import { SqliteDriver } from './driver.ts'

export function createSqliteDialect(files: SqliteFiles): Dialect {
  return {
    createDriver: () => new SqliteDriver(files),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}
