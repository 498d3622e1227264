import type { ColumnDataType, Kysely } from 'kysely'

/** Column types in the portable subset: each dialect stores them, indexes them and gives them back alike. */
export const columnTypes = {
  /** UUID as lower-case text; fixed width, so that every dialect can index it. */
  id: 'varchar(36)',
  /** Short text that may be indexed or compared. */
  name: 'varchar(255)',
  code: 'varchar(64)',
  text: 'text',
  /** JSON as text. */
  json: 'text',
  /** Milliseconds, counts, nano-units. */
  integer: 'bigint',
  flag: 'smallint',
} as const satisfies Record<string, ColumnDataType>

// A migration sees tables of its own time, which today's schema need not know.
// biome-ignore lint/suspicious/noExplicitAny: Kysely types a migration's database so.
export type MigrationDb = Kysely<any>
