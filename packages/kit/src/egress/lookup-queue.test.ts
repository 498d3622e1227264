import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ResolvedAddress } from './guard.ts'
import { createLookupQueue } from './lookup-queue.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A resolver whose answers are given by hand. */
function aResolver() {
  const asked: { readonly hostname: string; readonly answer: () => void; readonly fail: () => void }[] = []
  const lookup = (hostname: string) =>
    new Promise<readonly ResolvedAddress[]>((resolve, reject) => {
      asked.push({ hostname, answer: () => resolve([{ address: '1.2.3.4', family: 4 }]), fail: () => reject(new Error('failed')) })
    })
  return { asked, lookup, names: () => asked.map(({ hostname }) => hostname) }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

describe('lookups', () => {
  it('run few at a time, in their order, whether they succeed or fail', async () => {
    const { asked, lookup, names } = aResolver()
    const find = createLookupQueue(lookup, { most: 2, longestWaitMs: 1000 })
    const results = ['a', 'b', 'c', 'd'].map((name) =>
      find(name).then(
        () => name,
        () => `${name} failed`,
      ),
    )
    await settled()
    expect(names()).toEqual(['a', 'b'])
    asked[1]?.fail()
    await settled()
    expect(names()).toEqual(['a', 'b', 'c'])
    asked[0]?.answer()
    await settled()
    for (const { answer } of asked) answer()
    expect(await Promise.all(results)).toEqual(['a', 'b failed', 'c', 'd'])
  })

  it('of the same name are one, until it is answered', async () => {
    const { asked, lookup, names } = aResolver()
    const find = createLookupQueue(lookup, { most: 2, longestWaitMs: 1000 })
    const both = [find('a'), find('a')]
    await settled()
    expect(names()).toEqual(['a'])
    asked[0]?.answer()
    await Promise.all(both)
    void find('a')
    await settled()
    expect(names()).toEqual(['a', 'a'])
  })

  it('do not wait for ever behind silent name servers', async () => {
    const { lookup, names } = aResolver()
    const find = createLookupQueue(lookup, { most: 1, longestWaitMs: 1000 })
    void find('silent')
    const late = expect(find('late')).rejects.toMatchObject({ code: 'EAI_AGAIN' })
    await vi.advanceTimersByTimeAsync(1000)
    await late
    expect(names()).toEqual(['silent'])
  })
})
