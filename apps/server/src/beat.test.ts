import { createMemoryCache } from '@trellis/cache'
import { AppError } from '@trellis/contracts'
import { type Locks, type Logger, silentLogger, systemClock } from '@trellis/spec'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Beat, type BeatEntry, startBeat } from './beat.ts'

const LOOK_MS = 15_000

describe('the clock', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const createLocks = (): Locks => createMemoryCache({ clock: systemClock, logger: silentLogger }).locks
  const start = (entries: readonly BeatEntry[], locks = createLocks()): Beat =>
    startBeat({ locks, clock: systemClock, logger: silentLogger, entries, isToldAway: () => false })
  /** An entry that counts its runs. */
  const counting = (everyMs: number, run: () => Promise<void> = async () => undefined) => {
    const entry = {
      name: `every ${everyMs}`,
      everyMs,
      count: 0,
      run: () => {
        entry.count += 1
        return run()
      },
    }
    return entry
  }
  const looks = (count: number) => vi.advanceTimersByTimeAsync(count * LOOK_MS)

  it('runs what is due, each at its own pace', async () => {
    const [often, seldom] = [counting(LOOK_MS), counting(3 * LOOK_MS)]
    const beat = start([often, seldom])
    await looks(1)
    expect([often.count, seldom.count]).toEqual([1, 1])
    await looks(3)
    expect([often.count, seldom.count]).toEqual([4, 2])
    await beat.close()
  })

  it('is led by one of all processes, and by the next once that one closed', async () => {
    const locks = createLocks()
    const [first, second] = [counting(LOOK_MS), counting(LOOK_MS)]
    const [leader, follower] = [start([first], locks), start([second], locks)]
    await looks(10)
    expect([first.count, second.count]).toEqual([10, 0])
    await leader.close()
    await looks(2)
    expect([first.count, second.count]).toEqual([10, 2])
    await follower.close()
  })

  it('goes on after a task or its lock failed', async () => {
    const failing = counting(LOOK_MS, () => Promise.reject(new Error('no')))
    const after = counting(LOOK_MS + 1)
    const inner = createLocks()
    let tries = 0
    const locks: Locks = {
      tryAcquire: (name, options) => (++tries === 1 ? Promise.reject(new Error('gone')) : inner.tryAcquire(name, options)),
    }
    const beat = start([failing, after], locks)
    await looks(1)
    expect([failing.count, after.count]).toEqual([0, 0])
    await looks(2)
    expect([failing.count, after.count]).toEqual([2, 1])
    await beat.close()
  })

  it('tells that it cannot have its lock, unless the reason is told elsewhere', async () => {
    const told: string[] = []
    const logger: Logger = { ...silentLogger, debug: () => told.push('debug'), warn: () => told.push('warn') }
    const locks: Locks = { tryAcquire: () => Promise.reject(new AppError('dependency_unavailable')) }
    let isOutage = true
    const beat = startBeat({ locks, clock: systemClock, logger, entries: [], isToldAway: () => isOutage })
    await looks(1)
    isOutage = false
    await looks(1)
    expect(told).toEqual(['debug', 'warn'])
    await beat.close()
  })

  it('waits at its close for the task under way, and looks no more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const slow = counting(LOOK_MS, () => promise)
    const beat = start([slow])
    await looks(1)
    let isClosed = false
    const closing = beat.close().then(() => {
      isClosed = true
    })
    await looks(1)
    expect(isClosed).toBe(false)
    resolve()
    await closing
    await looks(5)
    expect(slow.count).toBe(1)
    expect(vi.getTimerCount()).toBe(0)
  })
})
