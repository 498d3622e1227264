import { AppError } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import {
  aborted,
  aRun,
  createBreakableDb,
  createProcesses,
  describeOnRunStores,
  stopped,
  succeeded,
  untilStopped,
} from '../../testing/run-stores.ts'
import { findRunById, listRunEvents } from './runs.repository.ts'

await describeOnRunStores('a host of runs', (stores) => {
  const startProcess = createProcesses(stores)
  const statusOf = async (runId: string) => (await findRunById(stores.db, runId))?.status
  const typesOf = async (batches: Promise<readonly { events: readonly { type: string }[] }[]>): Promise<string[]> =>
    (await batches).flatMap(({ events }) => events.map(({ type }) => type))

  it('tells an end only once it is durable, and then what follows', async () => {
    const { host, read } = await startProcess()
    const order: string[] = []
    const run = aRun(
      async ({ emit }) => {
        emit({ type: 'text-delta', text: 'Hello' })
        return succeeded
      },
      {
        finish: async () => void order.push('finish'),
        afterwards: async () => {
          order.push('afterwards')
          expect(host.liveCount()).toBe(0)
        },
      },
    )
    await host.start(run)
    expect(await typesOf(read(run.run.id))).toEqual(['run-start', 'text-delta', 'run-end'])
    expect(await findRunById(stores.db, run.run.id)).toMatchObject({ status: 'succeeded', total_tokens: 3, epoch: 0 })
    await expect.poll(() => order).toEqual(['finish', 'afterwards'])
    expect(host.findChannel(run.run.id)).toBeUndefined()
  })

  it('journals while the run goes on, each event once', async () => {
    const { host } = await startProcess()
    const more = Promise.withResolvers<void>()
    const run = aRun(async ({ emit }) => {
      emit({ type: 'text-delta', text: 'first' })
      await more.promise
      emit({ type: 'text-delta', text: 'second' })
      return succeeded
    })
    const channel = await host.start(run)
    await expect.poll(async () => (await listRunEvents(stores.db, run.run.id, 0)).length).toBe(2)
    more.resolve()
    await channel.ended
    const rows = await listRunEvents(stores.db, run.run.id, 0)
    expect(rows.map((row) => [row.first_offset, row.event_count])).toEqual([
      [0, 1],
      [1, 1],
      [2, 2],
    ])
  })

  it('stops a run, twice without harm, and passes over what it does not have', async () => {
    const { host, read } = await startProcess()
    const run = aRun(async ({ signal, emit }) => {
      emit({ type: 'text-delta', text: 'half' })
      expect(await aborted(signal)).toBe('stop')
      return stopped
    })
    await host.start(run)
    expect(host.stop(run.run.id)).toBe(true)
    host.stop(run.run.id)
    expect((await read(run.run.id)).at(-1)?.events.at(-1)).toMatchObject({ type: 'run-end', isStopped: true })
    expect(await statusOf(run.run.id)).toBe('stopped')
    expect(host.stop(run.run.id)).toBe(false)
    expect(host.stop('unknown')).toBe(false)
  })

  it('aborts a run beyond its time', async () => {
    const { host } = await startProcess()
    const run = aRun(
      async ({ signal }) => {
        expect(await aborted(signal)).toBe('timeout')
        throw new AppError('run_timeout')
      },
      { timeoutMs: 20 },
    )
    const channel = await host.start(run)
    await channel.ended
    expect(await findRunById(stores.db, run.run.id)).toMatchObject({ status: 'failed', error_code: 'run_timeout' })
  })

  it('ends a run whose code is wrong with an error that tells nothing of it', async () => {
    const { host, read } = await startProcess()
    const run = aRun(() => Promise.reject(new TypeError('undefined is not a function')))
    await host.start(run)
    expect((await read(run.run.id)).at(-1)?.events.at(-1)).toEqual({
      type: 'run-error',
      code: 'internal_server_error',
      status: 500,
      message: expect.not.stringContaining('function'),
    })
  })

  it('is not harmed by a failure of what follows', async () => {
    const { host } = await startProcess()
    const run = aRun(async () => succeeded, { afterwards: () => Promise.reject(new TypeError('no')) })
    await (await host.start(run)).ended
    await host.close(1000)
    expect(await statusOf(run.run.id)).toBe('succeeded')
  })

  it('refuses a run whose acceptance cannot be written, and keeps nothing of it', async () => {
    const { host } = await startProcess()
    const run = aRun(async () => succeeded, { accept: () => Promise.reject(new TypeError('no')) })
    await expect(host.start(run)).rejects.toThrow('no')
    expect(host.isAlive(run.run.id)).toBe(false)
    expect(await findRunById(stores.db, run.run.id)).toBeUndefined()
  })

  describe('at its shutdown', () => {
    it('lets runs end within the grace time', async () => {
      const { host } = await startProcess()
      const more = Promise.withResolvers<void>()
      const run = aRun(async () => {
        await more.promise
        return succeeded
      })
      await host.start(run)
      const closing = host.close(60_000)
      await expect(host.start(aRun(async () => succeeded))).rejects.toMatchObject({ code: 'service_unavailable' })
      more.resolve()
      await closing
      expect(await statusOf(run.run.id)).toBe('succeeded')
    })

    it('ends what remains as interrupted', async () => {
      const { host } = await startProcess()
      const run = aRun(async ({ signal }) => {
        expect(await aborted(signal)).toBe('shutdown')
        return { status: 'interrupted', error: new AppError('run_interrupted') }
      })
      await host.start(run)
      await host.close(1)
      expect(await findRunById(stores.db, run.run.id)).toMatchObject({ status: 'interrupted', error_code: 'run_interrupted' })
    })

    it('waits for a run that is just being accepted, and for what follows one', async () => {
      const { host } = await startProcess()
      let hasFollowed = false
      const started = host.start(
        aRun(untilStopped, {
          afterwards: async () => {
            await new Promise((resolve) => setImmediate(resolve))
            hasFollowed = true
          },
        }),
      )
      await host.close(0)
      const channel = await started
      expect(channel.isEnded).toBe(true)
      expect(hasFollowed).toBe(true)
    })
  })

  describe('where the database fails', () => {
    it('writes the end again until it stands', async () => {
      const breakable = createBreakableDb(stores.db)
      const { host, read } = await startProcess({ db: breakable.db })
      const run = aRun(async ({ emit }) => {
        emit({ type: 'text-delta', text: 'Hello' })
        breakable.breakNext(3)
        return succeeded
      })
      await host.start(run)
      expect(await typesOf(read(run.run.id))).toEqual(['run-start', 'text-delta', 'run-end'])
      expect(await statusOf(run.run.id)).toBe('succeeded')
    })

    it.each(['flush', 'finish'])('takes a commit whose answer was lost for what it is, at %s', async (moment) => {
      const breakable = createBreakableDb(stores.db)
      const { host, read } = await startProcess({ db: breakable.db })
      let finished = 0
      const run = aRun(
        async ({ emit }) => {
          emit({ type: 'text-delta', text: 'one' })
          breakable.breakNext(1, 'afterCommit')
          if (moment === 'flush') {
            await expect.poll(async () => (await listRunEvents(stores.db, run.run.id, 0)).length, { timeout: 10_000 }).toBe(2)
            emit({ type: 'text-delta', text: 'two' })
            await expect.poll(async () => (await listRunEvents(stores.db, run.run.id, 0)).length, { timeout: 10_000 }).toBe(3)
          }
          return succeeded
        },
        {
          async finish() {
            finished += 1
          },
        },
      )
      await host.start(run)
      const types = await typesOf(read(run.run.id))
      expect(types.at(-1)).toBe('run-end')
      expect(await typesOf(read(run.run.id))).toEqual(types)
      expect(await statusOf(run.run.id)).toBe('succeeded')
      expect(finished).toBe(1)
    })

    it('promises no end that cannot be written; the reaper writes it when the database is back', async () => {
      const breakable = createBreakableDb(stores.db)
      const { host, read, reaper, interrupted } = await startProcess({ db: breakable.db })
      let hasFollowed = false
      const run = aRun(
        async ({ emit }) => {
          emit({ type: 'text-delta', text: 'lost' })
          breakable.breakNext(1_000)
          return succeeded
        },
        {
          async afterwards() {
            hasFollowed = true
          },
        },
      )
      await host.start(run)
      expect((await read(run.run.id)).at(-1)?.events.at(-1)).toMatchObject({ type: 'run-error', code: 'run_interrupted' })
      breakable.breakNext(0)
      await expect.poll(() => host.isAlive(run.run.id)).toBe(false)
      await reaper.start()
      expect(interrupted).toMatchObject([{ runId: run.run.id, outcome: { status: 'interrupted' } }])
      expect(await statusOf(run.run.id)).toBe('interrupted')
      expect(hasFollowed).toBe(false)
    })
  })
})
