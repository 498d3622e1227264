import { newId } from '@trellis/kit'
import { expect, it } from 'vitest'
import { createBreakableDb, describeOnRunStores } from '../../testing/run-stores.ts'
import { encodeBatch } from './event-batch.ts'
import { createJournal, type JournalWrite, RefusedWriteError } from './journal.ts'
import { listRunEvents, upsertHost } from './runs.repository.ts'

const aWrite = (runId: string, firstOffset = 0, more: Partial<JournalWrite> = {}): JournalWrite => ({
  rows: [
    {
      run_id: runId,
      first_offset: firstOffset,
      epoch: 0,
      event_count: 1,
      events: encodeBatch([{ type: 'text-delta', text: 'word' }]),
      created_at: 1,
    },
  ],
  ...more,
})

await describeOnRunStores('the journal', ({ db }) => {
  const has = async (runId: string): Promise<boolean> => (await listRunEvents(db, runId, 0)).length > 0

  it('commits writes of one moment together', async () => {
    const breakable = createBreakableDb(db)
    const journal = createJournal(breakable.db)
    const runs = Array.from({ length: 200 }, newId)
    await Promise.all(runs.map((run) => journal.write(aWrite(run))))
    expect(breakable.transactions()).toBe(1)
    expect(await has(runs[199] ?? '')).toBe(true)
  })

  it('commits the rows that follow from events with them, or neither', async () => {
    const journal = createJournal(db)
    const [run, host] = [newId(), newId()]
    const lease = { id: host, startedAt: 1, expiresAt: 2 }
    const write = aWrite(run, 0, {
      async project(db) {
        await upsertHost(db, lease)
        throw new TypeError('no')
      },
    })
    await expect(journal.write(write)).rejects.toThrow('no')
    expect(await has(run)).toBe(false)
    expect(await db.selectFrom('hosts').selectAll().where('id', '=', host).execute()).toEqual([])
    await journal.write(aWrite(run, 0, { project: (db) => upsertHost(db, lease) }))
    expect(await has(run)).toBe(true)
    expect(await db.selectFrom('hosts').selectAll().where('id', '=', host).execute()).toHaveLength(1)
  })

  it('lets no bad write fail its neighbours', async () => {
    const journal = createJournal(db)
    const [good, bad, other] = [newId(), newId(), newId()]
    await journal.write(aWrite(bad))
    const results = await Promise.allSettled([
      journal.write(aWrite(good)),
      journal.write(aWrite(bad)),
      journal.write(aWrite(other, 0, { project: () => Promise.reject(new TypeError('no')) })),
      journal.write(aWrite(good, 1)),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    expect(await listRunEvents(db, good, 0)).toHaveLength(2)
  })

  it('tells refusals from a database that is away, however many there are', async () => {
    const journal = createJournal(db)
    const refuse = () => Promise.reject(new RefusedWriteError('taken over'))
    const good = newId()
    const results = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => journal.write(aWrite(newId(), 0, { project: refuse }))),
      journal.write(aWrite(good)),
    ])
    expect(results.map(({ status }) => status)).toEqual([...Array.from({ length: 5 }, () => 'rejected'), 'fulfilled'])
    expect(await has(good)).toBe(true)
  })

  it('does not try a database that is away once for every write', async () => {
    const breakable = createBreakableDb(db)
    const journal = createJournal(breakable.db)
    breakable.breakNext(1_000)
    const results = await Promise.allSettled(Array.from({ length: 100 }, () => journal.write(aWrite(newId()))))
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(breakable.transactions()).toBeLessThan(10)
    breakable.breakNext(0)
    const run = newId()
    await journal.write(aWrite(run))
    expect(await has(run)).toBe(true)
  })

  it('finishes what was handed in before it closes', async () => {
    const journal = createJournal(db)
    const run = newId()
    const writing = journal.write(aWrite(run))
    await journal.close()
    expect(await has(run)).toBe(true)
    await writing
  })
})
