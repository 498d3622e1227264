import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from './open-database.ts'
import { inTransaction } from './transaction.ts'

const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
const told: string[][] = []
const database = openDatabase({ type: 'sqlite', file: join(folder, 'test.db') }, { onChange: (tables) => told.push([...tables].sort()) })
const { db } = database
await database.migrate()
afterAll(async () => {
  await database.close()
  await rm(folder, { recursive: true })
})
const tellings = async (work: () => Promise<unknown>) => {
  told.length = 0
  await work()
  return [...told]
}

it('tells of changes after their commit, together', async () => {
  const telling = await tellings(() =>
    inTransaction(db, async (db) => {
      await db.deleteFrom('api_keys').execute()
      await db.updateTable('accounts').set({ name: 'Ann' }).execute()
      expect(told).toEqual([])
    }),
  )
  expect(telling).toEqual([['accounts', 'api_keys']])
})

it('tells nobody that a use was noted, unless more was changed with it', async () => {
  expect(await tellings(() => db.updateTable('api_keys').set({ last_used_at: 1 }).execute())).toEqual([])
  expect(
    await tellings(() => db.updateTable('accounts').set({ last_login_at: 1, last_login_ip: 'a', last_active_at: 1 }).execute()),
  ).toEqual([])
  expect(await tellings(() => db.updateTable('accounts').set({ last_login_at: 1, status: 'banned' }).execute())).toEqual([['accounts']])
  expect(await tellings(() => db.updateTable('apps').set({ name: 'last_used_at' }).execute())).toEqual([['apps']])
})
