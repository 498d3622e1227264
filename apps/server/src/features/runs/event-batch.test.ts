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

  describe('stores nodes', () => {
    const label = { index: 2, predecessorId: 'start', executionId: 'e1', nodeId: 'n1', nodeType: 'code', title: 'Code' }
    const start: RunEvent = { type: 'node-start', ...label, atMs: 10 }
    const end: RunEvent = { type: 'node-end', ...label, status: 'succeeded', startedAtMs: 10, atMs: 12, outputs: { a: 1 } }

    it('that end where they start as one entry', () => {
      expect(JSON.parse(encodeBatch([start, end, start]))).toEqual([{ type: 'whole-node', end }, start])
      expect(decodeBatch(encodeBatch([start, end, start]))).toEqual([start, end, start])
      const round = { iterationId: 'i1', iterationIndex: 0 }
      const inRound = [
        { ...start, ...round },
        { ...end, ...round },
      ]
      expect(JSON.parse(encodeBatch(inRound))).toHaveLength(1)
      expect(decodeBatch(encodeBatch(inRound))).toEqual(inRound)
    })

    it('apart where the end does not tell the same of the start, or something happened between', () => {
      const delta: RunEvent = { type: 'text-delta', text: 'a' }
      const others: readonly RunEvent[][] = [
        [start, delta, end],
        [end, start],
        [{ ...start, title: 'Other' }, end],
        [{ ...start, atMs: 9 }, end],
        [{ ...start, loopId: 'l1', loopIndex: 0 }, end],
      ]
      for (const events of others) {
        expect(JSON.parse(encodeBatch(events))).toHaveLength(events.length)
        expect(decodeBatch(encodeBatch(events))).toEqual(events)
      }
    })
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
