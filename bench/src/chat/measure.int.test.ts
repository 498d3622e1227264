import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerPieces } from '../../../tools/fake-openai/index.ts'
import { measure } from './measure.ts'
import { startLimit, startProvider, type Target } from './target.ts'

// CPU and memory come from /proc.
describe.skipIf(process.platform !== 'linux')('a measurement', () => {
  let provider: Target
  let limit: Target
  beforeAll(async () => {
    provider = await startProvider()
    limit = await startLimit(provider)
  })
  afterAll(async () => {
    await limit.child.stop()
    await provider.child.stop()
  })

  const loop = { kind: 'loop', users: 2, rampMs: 0, settleMs: 100, measureMs: 300 } as const
  const expectedCharacters = answerPieces({ tokens: 7 }).join('').length

  it('finds every answer of the bare proxy whole', async () => {
    const { load } = await measure({ target: limit, provider, behaviour: { tokens: 7 }, task: { ...loop, expectedCharacters } })
    expect(load.errors).toEqual({})
    expect(load.answers).toBeGreaterThan(0)
    expect(load.firstEventMs.count).toBeGreaterThan(0)
  })

  it('tells of answers that are cut short', async () => {
    const behaviour = { tokens: 7, fault: 'cut-short', after: 2 } as const
    const { load } = await measure({ target: limit, provider, behaviour, task: { ...loop, expectedCharacters } })
    expect(Object.keys(load.errors)).toEqual([
      `an answer of ${answerPieces({ tokens: 2 }).join('').length} characters instead of ${expectedCharacters}`,
    ])
  })

  it('tells of refusals', async () => {
    const { load } = await measure({ target: provider, provider, behaviour: { fault: 'unavailable' }, task: loop })
    expect(Object.keys(load.errors)[0]).toMatch(/^HTTP 503: .*overloaded/)
    expect(load.firstEventMs.count).toBe(0)
  })

  it('follows each stamped token of held streams from the provider to the client', async () => {
    const task = { ...loop, kind: 'hold', users: 5 } as const
    const { load } = await measure({ target: limit, provider, behaviour: { tokens: 1000, rate: 50, stamp: true }, task })
    expect(load.errors).toEqual({})
    expect(load.tokens).toBe(load.latenessMs.count)
    expect(load.tokens).toBeGreaterThan(0)
    expect(Number.isFinite(load.latenessMs.p50)).toBe(true)
  })
})
