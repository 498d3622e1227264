import type { RunEvent } from '@trellis/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBatch, encodeBatch, foldText } from './event-batch.ts'

const anEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ type: fc.constant('text-delta' as const), text: fc.string({ unit: 'binary' }) }) },
  fc.record({ type: fc.constant('reasoning-delta' as const), text: fc.string() }),
  fc.record({ type: fc.constant('text-replace' as const), text: fc.string(), reason: fc.string() }),
  fc.record({ type: fc.constant('run-error' as const), code: fc.string(), message: fc.string(), status: fc.integer() }),
)

describe('a batch of events in the journal', () => {
  it('comes back as it was, every delta at its own offset', () => {
    fc.assert(
      fc.property(fc.array(anEvent), (events) => {
        expect(decodeBatch(encodeBatch(events))).toEqual(events)
      }),
    )
  })

  it('stores a stretch of deltas as one entry', () => {
    const text = encodeBatch(['a', 'b', 'c'].map((text) => ({ type: 'text-delta', text })))
    expect(JSON.parse(text)).toEqual([{ type: 'text-deltas', texts: ['a', 'b', 'c'] }])
  })

  it('refuses what is no batch', () => {
    expect(() => decodeBatch('[{"type":"nonsense"}]')).toThrow()
  })
})

describe('foldText', () => {
  it('is the text that a caller has in hand', () => {
    const events: RunEvent[] = [
      { type: 'run-start', createdAtMs: 1 },
      { type: 'text-delta', text: 'a wrong' },
      { type: 'text-replace', text: 'a right', reason: '' },
      { type: 'text-delta', text: ' word' },
    ]
    expect(foldText('', events)).toBe('a right word')
    expect(foldText('before ', [{ type: 'text-delta', text: 'after' }])).toBe('before after')
  })
})
