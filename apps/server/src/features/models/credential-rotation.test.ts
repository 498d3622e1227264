import { createMemoryCache } from '@trellis/cache'
import { demoProvider } from '@trellis/models'
import { type Clock, ProviderError, type ProviderFailureKind, silentLogger } from '@trellis/spec'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CredentialRests, createCredentialRests } from './credential-rests.ts'
import { type CredentialRotations, createCredentialRotations } from './credential-rotation.ts'
import type { ReadyModel } from './ready-model.ts'

const [entry] = demoProvider.models
if (!entry) throw new TypeError('the demo has models')

const readyWith = (...names: readonly string[]): ReadyModel => {
  const pool = names.map((name) => ({ version: name, credentials: { name } }))
  return { provider: demoProvider, entry, pool, credentials: pool[0]?.credentials ?? {}, isEnabled: true, isCustom: false }
}
const failure = (kind: ProviderFailureKind, retryAfterMs?: number) =>
  new ProviderError(kind, 'No.', retryAfterMs === undefined ? {} : { retryAfterMs })

describe('credentials that share the load', () => {
  let nowMs: number
  let rests: CredentialRests
  let rotations: CredentialRotations
  const clock: Clock = { now: () => nowMs }
  const cache = createMemoryCache({ clock, logger: silentLogger })
  beforeEach(async () => {
    nowMs = 1_000_000
    rests = await createCredentialRests({ clock, liveEvents: cache.liveEvents })
    rotations = createCredentialRotations({ rests })
  })
  afterEach(() => cache.close())

  const call = (ready: ReadyModel): string => rotations.begin(ready).current.version
  const calls = (ready: ReadyModel, count: number): readonly string[] => Array.from({ length: count }, () => call(ready))
  const fail = (ready: ReadyModel, kind: ProviderFailureKind, retryAfterMs?: number): boolean =>
    rotations.begin(ready).switchAfter(failure(kind, retryAfterMs))

  it('take calls in turn', () => {
    expect(calls(readyWith('a', 'b', 'c'), 6)).toEqual(['a', 'b', 'c', 'a', 'b', 'c'])
  })

  it.each([
    ['rate-limit', 60_000],
    ['authorization', 60_000],
    ['connection', 10_000],
  ] as const)('rest after %s, and the others go on', (kind, restMs) => {
    const ready = readyWith('a', 'b')
    const rotation = rotations.begin(ready)
    expect(rotation.switchAfter(failure(kind))).toBe(true)
    expect(rotation.current.version).toBe('b')
    expect(calls(ready, 3)).toEqual(['b', 'b', 'b'])
    expect(rests.findLongest('a')).toEqual({ untilMs: nowMs + restMs, reason: kind })
    nowMs += restMs
    expect(calls(ready, 4).filter((name) => name === 'a')).toHaveLength(2)
    expect(rests.findLongest('a')).toBeUndefined()
  })

  it('rest as long as the provider says, within reason', () => {
    fail(readyWith('a', 'b'), 'rate-limit', 5_000)
    expect(rests.findLongest('a')?.untilMs).toBe(nowMs + 5_000)
    fail(readyWith('c', 'd'), 'rate-limit', 86_400_000)
    expect(rests.findLongest('c')?.untilMs).toBe(nowMs + 600_000)
  })

  it('rest for one model where its limit is reached, for all where the key is refused', () => {
    fail(readyWith('a', 'b'), 'rate-limit')
    expect([rests.find('a', entry.model), rests.find('a', 'another')]).toMatchObject([{ reason: 'rate-limit' }, undefined])
    fail(readyWith('c', 'd'), 'authorization')
    expect(rests.find('c', 'another')).toMatchObject({ reason: 'authorization' })
  })

  it.each(['bad-request', 'context-length', 'content-refused', 'server-unavailable'] as const)('do not rest after %s', (kind) => {
    expect(fail(readyWith('a', 'b'), kind)).toBe(false)
    expect(rests.findLongest('a')).toBeUndefined()
  })

  it('are given up when the last has failed too', () => {
    const rotation = rotations.begin(readyWith('a', 'b'))
    expect([rotation.switchAfter(failure('rate-limit')), rotation.switchAfter(failure('rate-limit'))]).toEqual([true, false])
    expect(rests.findLongest('b')).toMatchObject({ reason: 'rate-limit' })
  })

  it('are tried where all rest: the one that rests the shortest', () => {
    const ready = readyWith('a', 'b')
    const rotation = rotations.begin(ready)
    rotation.switchAfter(failure('rate-limit', 50_000))
    rotation.switchAfter(failure('rate-limit', 20_000))
    expect(calls(ready, 2)).toEqual(['b', 'b'])
  })

  it('never rest where there is one alone', () => {
    expect(fail(readyWith('a'), 'rate-limit')).toBe(false)
    expect(rests.findLongest('a')).toBeUndefined()
  })

  it('rest in every process', async () => {
    const elsewhere = await createCredentialRests({ clock, liveEvents: cache.liveEvents })
    fail(readyWith('a', 'b'), 'authorization')
    await expect.poll(() => elsewhere.findLongest('a')).toMatchObject({ reason: 'authorization' })
  })
})
