import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { CompiledQuery, sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Db, openDatabase } from '../open-database.ts'
import { inTransaction } from '../transaction.ts'
import { openSqliteFiles } from './connections.ts'
import { SqliteDriver } from './driver.ts'

it('goes on after a transaction that could not begin because another process holds the lock', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
  const file = join(folder, 'test.db')
  const database = openDatabase({ type: 'sqlite', file })
  await sql`pragma busy_timeout = 1`.execute(database.db)
  const stranger = new Database(file)
  stranger.exec('begin immediate')
  await expect(inTransaction(database.db, async () => 'begun')).rejects.toThrow(/locked/)
  stranger.close()
  expect(await inTransaction(database.db, async () => 'begun')).toBe('begun')
  await database.close()
  await rm(folder, { recursive: true })
})

it('keeps its turn until a transaction whose commit failed is rolled back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
  const driver = new SqliteDriver(openSqliteFiles(join(folder, 'test.db')))
  const [failing, next] = [await driver.acquireConnection(), await driver.acquireConnection()]
  const run = (statement: string) => failing.executeQuery(CompiledQuery.raw(statement))
  await run('create table parent (id integer primary key)')
  // Checked no sooner than the commit, which then fails and leaves the transaction open.
  await run('create table child (parent_id integer references parent (id) deferrable initially deferred)')
  await driver.beginTransaction(failing, {})
  await run('insert into child values (7)')
  const begun = driver.beginTransaction(next, {}).then(() => 'begun', String)
  await expect(driver.commitTransaction(failing)).rejects.toThrow(/FOREIGN KEY/)
  await driver.rollbackTransaction(failing)
  expect(await begun).toBe('begun')
  await driver.commitTransaction(next)
  await driver.destroy()
  await rm(folder, { recursive: true })
})

it('reads at once beside a transaction that is under way, and only what is committed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
  const database = openDatabase({ type: 'sqlite', file: join(folder, 'test.db') })
  await database.migrate()
  const { db } = database
  const read = () => db.selectFrom('settings').select('key').execute()
  const beside = await inTransaction(db, async (db) => {
    await db.insertInto('settings').values({ key: 'a', value: '1', updated_at: 1 }).execute()
    return read()
  })
  expect(beside).toEqual([])
  expect(await read()).toEqual([{ key: 'a' }])
  await database.close()
  await rm(folder, { recursive: true })
})

it('lowers letters of every alphabet, on both connections', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
  const database = openDatabase({ type: 'sqlite', file: join(folder, 'test.db') })
  const query = (db: Db) =>
    db.selectNoFrom([sql<string>`lower(${'ÄÖÜ ЖУК Ab'})`.as('lowered'), sql<null>`lower(null)`.as('missing')]).execute()
  const expected = [{ lowered: 'äöü жук ab', missing: null }]
  expect(await query(database.db)).toEqual(expected)
  expect(await inTransaction(database.db, query)).toEqual(expected)
  await database.close()
  await rm(folder, { recursive: true })
})
