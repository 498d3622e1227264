import { type Dialect, Kysely, type LogEvent, PostgresDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { type AbsenceWatch, watchAbsence } from './absence.ts'
import { type OnChange, watchChanges } from './changes.ts'
import { migrations } from './migrations/index.ts'
import { createPostgresPool, type PostgresOptions } from './postgres/pool.ts'
import type { Database } from './schema/database.ts'
import { openSqliteFiles } from './sqlite/connections.ts'
import { createSqliteDialect } from './sqlite/dialect.ts'

export type DatabaseOptions = { readonly type: 'sqlite'; readonly file: string } | ({ readonly type: 'postgresql' } & PostgresOptions)

/** A database handle or an open transaction: what every repository function takes first. */
export type Db = Kysely<Database>

export interface OpenDatabase {
  readonly type: DatabaseOptions['type']
  readonly db: Db
  /** Brings the schema up to date; safe to call from several processes at once. Returns the names of what was applied. */
  migrate(): Promise<readonly string[]>
  /** Names of migrations that are still to be applied. */
  pendingMigrations(): Promise<readonly string[]>
  /** Fails where the database does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseHooks {
  /** Called after each statement with its time in milliseconds. */
  readonly onQuery?: (milliseconds: number) => void
  readonly onChange?: OnChange
  /** Of a database that has a server. */
  readonly absence?: AbsenceWatch
}

/** Opens the database; touches the network only with the first statement. */
export function openDatabase(options: DatabaseOptions, hooks: DatabaseHooks = {}): OpenDatabase {
  const dialect = options.type === 'sqlite' ? createSqliteDialect(openSqliteFiles(options.file)) : openServer(options, hooks.absence)
  const db = new Kysely<Database>({
    dialect: hooks.onChange ? watchChanges(dialect, hooks.onChange) : dialect,
    ...(hooks.onQuery ? { log: logTo(hooks.onQuery) } : {}),
  })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  return {
    type: options.type,
    db,
    async migrate() {
      const { error, results } = await migrator.migrateToLatest()
      if (error) throw error
      return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName)
    },
    async pendingMigrations() {
      const all = await migrator.getMigrations()
      return all.filter((migration) => !migration.executedAt).map((migration) => migration.name)
    },
    async check() {
      await sql`select 1`.execute(db)
    },
    close: () => db.destroy(),
  }
}

function openServer(options: PostgresOptions, absence: AbsenceWatch | undefined): Dialect {
  const dialect = new PostgresDialect({ pool: () => createPostgresPool(options) })
  return absence ? watchAbsence(dialect, absence) : dialect
}

function logTo(onQuery: (milliseconds: number) => void): (event: LogEvent) => void {
  return (event) => onQuery(event.queryDurationMillis)
}
