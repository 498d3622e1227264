import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { type Db, openDatabase } from '../open-database.ts'
import { inTransaction } from '../transaction.ts'

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
