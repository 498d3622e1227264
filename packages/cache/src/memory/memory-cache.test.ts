import type { Clock } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { describeCache } from '../conformance/describe-cache.ts'
import { createMemoryCache } from './create-memory-cache.ts'

function aClock(): Clock & { pass(ms: number): void } {
  let now = 1_000_000
  return {
    now: () => now,
    pass: (ms) => {
      now += ms
    },
  }
}

describeCache('memory', async () => {
  const clock = aClock()
  const backend = createMemoryCache({ clock })
  return { backend, other: backend, pass: async (ms) => clock.pass(ms) }
})

describe('createMemoryCache', () => {
  it('stays within its bound, dropping what was used least recently', async () => {
    const { cache } = createMemoryCache({ clock: aClock(), maxEntries: 10 })
    for (let index = 0; index < 10; index++) await cache.set(`key ${index}`, 'x', { ttlMs: 1000 })
    await cache.get('key 0')
    await cache.set('one more', 'x', { ttlMs: 1000 })
    expect(await cache.get('key 0')).toBe('x')
    expect(await cache.get('key 1')).toBeUndefined()
    expect(await cache.get('one more')).toBe('x')
  })

  it('drops what has expired before anything that lives', async () => {
    const clock = aClock()
    const { cache } = createMemoryCache({ clock, maxEntries: 3 })
    await cache.set('lives', 'x', { ttlMs: 1000 })
    await cache.set('expires', 'x', { ttlMs: 10 })
    await cache.set('lives too', 'x', { ttlMs: 1000 })
    clock.pass(20)
    await cache.set('one more', 'x', { ttlMs: 1000 })
    expect(await cache.get('lives')).toBe('x')
    expect(await cache.get('lives too')).toBe('x')
  })

  it('tells lock holders when it closes', async () => {
    const backend = createMemoryCache({ clock: aClock() })
    const lock = await backend.locks.tryAcquire('a', { ttlMs: 1000 })
    await backend.close()
    expect(lock?.signal.aborted).toBe(true)
  })
})
