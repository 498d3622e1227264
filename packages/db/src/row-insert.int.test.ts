import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { skipSuite, testPostgres } from '../../../tools/test-services/index.ts'
import { isUniqueViolation } from './errors.ts'
import { type DatabaseOptions, openDatabase } from './open-database.ts'
import { createJointInsert, createRowInsert } from './row-insert.ts'
import type { RunEventsTable } from './schema/runs.ts'
import { inTransaction } from './transaction.ts'

const hosts = createRowInsert('hosts', { id: true, started_at: true, expires_at: true })
const events = createRowInsert('run_events', {
  run_id: true,
  first_offset: true,
  epoch: true,
  event_count: true,
  events: true,
  created_at: true,
})
const insertBoth = createJointInsert(hosts, events)

const aHost = (id: string) => ({ id, started_at: 1, expires_at: 2 })
const anEvent = (run: string, offset = 0): RunEventsTable => ({
  run_id: run,
  first_offset: offset,
  epoch: 0,
  event_count: 1,
  events: '["$1"]',
  created_at: 3,
})

const folder = await mkdtemp(join(tmpdir(), 'trellis-db-'))
afterAll(() => rm(folder, { recursive: true }))
const postgres = await testPostgres()
describeOn('SQLite', { type: 'sqlite', file: join(folder, 'test.db') })
if (postgres.isAvailable) describeOn('PostgreSQL', postgres.options)
else skipSuite('inserts on PostgreSQL', postgres)

function describeOn(name: string, options: DatabaseOptions): void {
  describe(`inserts on ${name}`, async () => {
    let statements = 0
    const told: string[][] = []
    const database = openDatabase(options, {
      onQuery: () => {
        statements += 1
      },
      onChange: (tables) => told.push([...tables]),
    })
    const { db } = database
    await database.migrate()
    afterAll(() => database.close())
    const idsOf = async (prefix: string) =>
      (await db.selectFrom('hosts').select('id').where('id', 'like', `${prefix}%`).orderBy('id').execute()).map(({ id }) => id)
    const eventsOf = (run: string) => db.selectFrom('run_events').selectAll().where('run_id', '=', run).orderBy('first_offset').execute()

    it('take any number of rows, the same number again as well', async () => {
      for (const [prefix, count] of [
        ['a', 1],
        ['b', 3],
        ['c', 3],
        ['d', 200],
      ] as const) {
        const ids = Array.from({ length: count }, (_, place) => `${prefix}${String(place).padStart(3, '0')}`)
        await hosts.insert(db, ids.map(aHost))
        expect(await idsOf(prefix)).toEqual(ids)
      }
      await hosts.insert(db, [])
    })

    it('write two tables, in as few statements as the dialect allows', async () => {
      statements = 0
      await insertBoth(db, [aHost('e1'), aHost('e2')], [anEvent('e1')])
      expect(statements).toBe(name === 'PostgreSQL' ? 1 : 2)
      expect(await idsOf('e')).toEqual(['e1', 'e2'])
      expect(await eventsOf('e1')).toEqual([anEvent('e1')])
      await insertBoth(db, [], [anEvent('e1', 1)])
      await inTransaction(db, (db) => insertBoth(db, [aHost('e3')], [anEvent('e1', 2)]))
      expect(await eventsOf('e1')).toHaveLength(3)
      expect(await idsOf('e')).toEqual(['e1', 'e2', 'e3'])
    })

    it('write all or nothing', async () => {
      await insertBoth(db, [aHost('f1')], [anEvent('f1')])
      const failure = await insertBoth(db, [aHost('f2')], [anEvent('f2'), anEvent('f1')]).catch((error: unknown) => error)
      expect(isUniqueViolation(failure)).toBe(true)
      expect(await idsOf('f')).toEqual(['f1'])
      expect(await eventsOf('f2')).toEqual([])
      const many = Array.from({ length: 100 }, (_, place) => anEvent('f3', place))
      await expect(insertBoth(db, [], [...many, anEvent('f1')])).rejects.toThrow()
      expect(await eventsOf('f3')).toEqual([])
    })

    it('are told of once they are committed', async () => {
      const seen = () => told.splice(0)
      seen()
      await hosts.insert(db, [aHost('g1')])
      expect(seen()).toEqual([['hosts']])
      await inTransaction(db, async (db) => {
        await hosts.insert(db, [aHost('g2')])
        await db.updateTable('hosts').set({ expires_at: 3 }).where('id', '=', 'g2').execute()
        await db.deleteFrom('run_events').where('run_id', '=', 'e1').execute()
        await db.selectFrom('tenants').select('id').execute()
        expect(seen()).toEqual([])
      })
      expect(seen()).toEqual([['hosts', 'run_events']])
      await expect(
        inTransaction(db, async (db) => {
          await db.deleteFrom('hosts').execute()
          throw new Error('no')
        }),
      ).rejects.toThrow('no')
      seen()
      await idsOf('g')
      expect(seen()).toEqual([])
    })
  })
}
