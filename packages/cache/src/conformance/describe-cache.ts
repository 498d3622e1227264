import type { CacheBackend } from '@trellis/spec'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

export interface CacheUnderTest {
  readonly backend: CacheBackend
  /** A second backend that shares everything with the first, as another process would. */
  readonly other: CacheBackend
  /** Lets so much time pass for the backend. */
  readonly pass: (ms: number) => Promise<void>
}

/** What every cache backend owes its callers. Keys are made unique here, so the backend may be in use by others. */
export function describeCache(name: string, create: () => Promise<CacheUnderTest>): void {
  describe(`cache backend: ${name}`, () => {
    let subject: CacheUnderTest
    let nextKey = 0
    const aKey = (): string => `key-${process.pid}-${++nextKey}`

    beforeAll(async () => {
      subject = await create()
    })
    afterAll(async () => {
      await subject.backend.close()
      if (subject.other !== subject.backend) await subject.other.close()
    })

    it('is reachable', async () => {
      await expect(subject.backend.check()).resolves.toBeUndefined()
    })
    describeValues(() => subject, aKey)
    describeLocks(() => subject, aKey)
    describeConcurrency(() => subject, aKey)
    describeRateLimiter(() => subject, aKey)
    describeLiveEvents(() => subject, aKey)
  })
}

type Subject = () => CacheUnderTest
type KeyMaker = () => string
const minute = { ttlMs: 60_000 }

function describeValues(subject: Subject, aKey: KeyMaker): void {
  describe('values', () => {
    it('returns what was set, to every process', async () => {
      const key = aKey()
      await subject().backend.cache.set(key, 'grüße 🌿', minute)
      expect(await subject().other.cache.get(key)).toBe('grüße 🌿')
    })
    it('knows nothing of a key never set', async () => {
      expect(await subject().backend.cache.get(aKey())).toBeUndefined()
    })
    it('keeps the empty string apart from nothing', async () => {
      const key = aKey()
      await subject().backend.cache.set(key, '', minute)
      expect(await subject().backend.cache.get(key)).toBe('')
      expect(await subject().backend.cache.setIfAbsent(key, 'x', minute)).toBe(false)
    })
    it('forgets after the time to live', async () => {
      const key = aKey()
      await subject().backend.cache.set(key, 'a', { ttlMs: 50 })
      await subject().pass(60)
      expect(await subject().backend.cache.get(key)).toBeUndefined()
      expect(await subject().backend.cache.setIfAbsent(key, 'b', minute)).toBe(true)
    })
    it('sets only where the key is free', async () => {
      const key = aKey()
      const outcomes = await Promise.all(['a', 'b', 'c'].map((value) => subject().backend.cache.setIfAbsent(key, value, minute)))
      expect(outcomes.filter(Boolean)).toHaveLength(1)
    })
    it('gives a taken value to one taker', async () => {
      const key = aKey()
      await subject().backend.cache.set(key, 'token', minute)
      const taken = await Promise.all([subject().backend.cache.take(key), subject().other.cache.take(key)])
      expect(taken.filter((value) => value === 'token')).toHaveLength(1)
      expect(await subject().backend.cache.get(key)).toBeUndefined()
    })
    it('deletes, also what is not there', async () => {
      const key = aKey()
      await subject().backend.cache.set(key, 'a', minute)
      await subject().backend.cache.delete(key)
      await subject().backend.cache.delete(key)
      expect(await subject().backend.cache.get(key)).toBeUndefined()
    })
    it('counts without losing an increment, and lets the count live from its first', async () => {
      const key = aKey()
      await Promise.all(Array.from({ length: 20 }, () => subject().backend.cache.increment(key, 1, { ttlMs: 300 })))
      expect(await subject().backend.cache.increment(key, 5, { ttlMs: 60_000 })).toBe(25)
      await subject().pass(320)
      expect(await subject().backend.cache.increment(key, 2, { ttlMs: 60_000 })).toBe(2)
    })
  })
}

function describeLocks(subject: Subject, aKey: KeyMaker): void {
  describe('locks', () => {
    it('admit one holder among all processes', async () => {
      const name = aKey()
      const attempts = await Promise.all([
        subject().backend.locks.tryAcquire(name, minute),
        subject().backend.locks.tryAcquire(name, minute),
        subject().other.locks.tryAcquire(name, minute),
      ])
      const holders = attempts.filter((lock) => lock !== undefined)
      expect(holders).toHaveLength(1)
      await holders[0]?.release()
    })
    it('are free again once released', async () => {
      const name = aKey()
      const first = await subject().backend.locks.tryAcquire(name, minute)
      await first?.release()
      const second = await subject().other.locks.tryAcquire(name, minute)
      expect(second).toBeDefined()
      await second?.release()
    })
    it('are not freed by a former holder', async () => {
      const name = aKey()
      const first = await subject().backend.locks.tryAcquire(name, minute)
      await first?.release()
      const second = await subject().other.locks.tryAcquire(name, minute)
      await first?.release()
      expect(await subject().backend.locks.tryAcquire(name, minute)).toBeUndefined()
      await second?.release()
    })
    it('stay with their holder beyond the time to live', async () => {
      const name = aKey()
      // Long enough for a machine that is busy: a holder that cannot renew for that long has lost it.
      const lock = await subject().backend.locks.tryAcquire(name, { ttlMs: 1500 })
      await subject().pass(2200)
      expect(await subject().other.locks.tryAcquire(name, minute)).toBeUndefined()
      expect(lock?.signal.aborted).toBe(false)
      await lock?.release()
    })
  })
}

function describeConcurrency(subject: Subject, aKey: KeyMaker): void {
  describe('concurrency', () => {
    it('gives out as many slots as the limit allows', async () => {
      const key = aKey()
      const options = { limit: 2, ttlMs: 60_000 }
      const slots = await Promise.all([
        subject().backend.concurrency.acquire(key, options),
        subject().other.concurrency.acquire(key, options),
        subject().backend.concurrency.acquire(key, options),
      ])
      expect(slots.filter((release) => release !== undefined)).toHaveLength(2)
    })
    it('takes a slot back, once', async () => {
      const key = aKey()
      const options = { limit: 1, ttlMs: 60_000 }
      const release = await subject().backend.concurrency.acquire(key, options)
      await release?.()
      const second = await subject().other.concurrency.acquire(key, options)
      expect(second).toBeDefined()
      await release?.()
      expect(await subject().backend.concurrency.acquire(key, options)).toBeUndefined()
    })
    it('leaves a slot to its holder beyond the time to live', async () => {
      const key = aKey()
      const release = await subject().backend.concurrency.acquire(key, { limit: 1, ttlMs: 300 })
      await subject().pass(700)
      expect(await subject().other.concurrency.acquire(key, { limit: 1, ttlMs: 300 })).toBeUndefined()
      await release?.()
      expect(await subject().other.concurrency.acquire(key, { limit: 1, ttlMs: 300 })).toBeDefined()
    })
  })
}

function describeRateLimiter(subject: Subject, aKey: KeyMaker): void {
  describe('rate limiter', () => {
    it('allows the limit within a window and says when the next one opens', async () => {
      const key = aKey()
      const options = { limit: 2, windowMs: 400 }
      const hits = [
        await subject().backend.rateLimiter.hit(key, options),
        await subject().other.rateLimiter.hit(key, options),
        await subject().backend.rateLimiter.hit(key, options),
      ]
      expect(hits.map((hit) => hit.isAllowed)).toEqual([true, true, false])
      expect(hits[0]?.retryAfterMs).toBe(0)
      expect(hits[2]?.retryAfterMs).toBeGreaterThan(0)
      expect(hits[2]?.retryAfterMs).toBeLessThanOrEqual(400)
      await subject().pass(420)
      expect((await subject().backend.rateLimiter.hit(key, options)).isAllowed).toBe(true)
    })
  })
}

function describeLiveEvents(subject: Subject, aKey: KeyMaker): void {
  describe('live events', () => {
    /** Collects messages and tells when `count` have come. */
    function collector(count: number): { readonly messages: string[]; readonly done: Promise<void>; onMessage(message: string): void } {
      const { promise, resolve } = Promise.withResolvers<void>()
      const messages: string[] = []
      return {
        messages,
        done: promise,
        onMessage(message) {
          messages.push(message)
          if (messages.length === count) resolve()
        },
      }
    }

    it('reach the subscribers of all processes, in order', async () => {
      const channel = aKey()
      const sent = Array.from({ length: 50 }, (_, index) => `message ${index}`)
      const [here, there] = [collector(sent.length), collector(sent.length)]
      const unsubscribeHere = await subject().backend.liveEvents.subscribe(channel, here.onMessage)
      const unsubscribeThere = await subject().other.liveEvents.subscribe(channel, there.onMessage)
      for (const message of sent) void subject().backend.liveEvents.publish(channel, message)
      await Promise.all([here.done, there.done])
      expect(here.messages).toEqual(sent)
      expect(there.messages).toEqual(sent)
      await Promise.all([unsubscribeHere(), unsubscribeThere()])
    })
    it('stop at the unsubscription of one reader, not of the others', async () => {
      const channel = aKey()
      const [left, stayed] = [collector(1), collector(2)]
      const leave = await subject().backend.liveEvents.subscribe(channel, left.onMessage)
      const unsubscribe = await subject().backend.liveEvents.subscribe(channel, stayed.onMessage)
      await subject().backend.liveEvents.publish(channel, 'one')
      await left.done
      await leave()
      await subject().backend.liveEvents.publish(channel, 'two')
      await stayed.done
      expect(left.messages).toEqual(['one'])
      expect(stayed.messages).toEqual(['one', 'two'])
      await unsubscribe()
    })
    it('stay in their channel', async () => {
      const [mine, theirs] = [aKey(), aKey()]
      const heard = collector(1)
      const unsubscribe = await subject().backend.liveEvents.subscribe(mine, heard.onMessage)
      await subject().backend.liveEvents.publish(theirs, 'not for me')
      await subject().backend.liveEvents.publish(mine, 'for me')
      await heard.done
      expect(heard.messages).toEqual(['for me'])
      await unsubscribe()
    })
    it('survive a subscriber that throws', async () => {
      const channel = aKey()
      const heard = collector(1)
      const unsubscribeFaulty = await subject().backend.liveEvents.subscribe(channel, () => {
        throw new Error('a faulty reader')
      })
      const unsubscribe = await subject().backend.liveEvents.subscribe(channel, heard.onMessage)
      await subject().backend.liveEvents.publish(channel, 'hello')
      await heard.done
      await Promise.all([unsubscribeFaulty(), unsubscribe()])
    })
    it('are lost where nobody listens, without an error', async () => {
      await expect(subject().backend.liveEvents.publish(aKey(), 'anyone?')).resolves.toBeUndefined()
    })
  })
}
