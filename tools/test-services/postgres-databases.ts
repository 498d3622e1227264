import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { type DatabaseOptions, type OpenDatabase, openDatabase } from '../../packages/db/src/index.ts'
import type { PostgresAccess } from './broker.ts'

export interface NamedDatabase {
  readonly name: string
  drop(): Promise<void>
}

/** The migrated database that every test database is a copy of. */
export async function createTemplate(server: PostgresAccess): Promise<NamedDatabase> {
  const template = await createDatabase(server, 'trellis_template')
  const database = openDatabase(toOptions(server, template.name))
  await database.migrate()
  await database.close()
  return template
}

/** @param template copied where given */
export async function createDatabase(server: PostgresAccess, prefix: string, template?: string): Promise<NamedDatabase> {
  const name = `${prefix}_${randomBytes(6).toString('hex')}`
  const copy = template === undefined ? sql`` : sql` template ${sql.id(template)}`
  await onMaintenance(server, (maintenance) => sql`create database ${sql.id(name)}${copy}`.execute(maintenance.db))
  return { name, drop: () => onMaintenance(server, (maintenance) => dropDatabase(maintenance, name)) }
}

/** Connections that are just being closed get a moment: force would tear them from under their client, which reports that as an error. */
async function dropDatabase({ db }: OpenDatabase, name: string): Promise<void> {
  for (let attempt = 0; attempt < 40; attempt++) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = ${name}`.execute(db)
    if (rows.length === 0) break
    await setTimeout(25)
  }
  await sql`drop database if exists ${sql.id(name)} with (force)`.execute(db)
}

export function toOptions(server: PostgresAccess, database: string): DatabaseOptions {
  return { type: 'postgresql', ...server, database, poolSize: 10, acquireTimeoutMs: 10_000 }
}

async function onMaintenance(server: PostgresAccess, work: (maintenance: OpenDatabase) => Promise<unknown>): Promise<void> {
  const maintenance = openDatabase({ ...toOptions(server, 'postgres') })
  try {
    await work(maintenance)
  } finally {
    await maintenance.close()
  }
}
