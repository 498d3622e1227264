import { expect, it } from 'vitest'
import { addUp, countRatingsOf } from './conversation-totals.ts'

const dollars = {
  currency: 'USD',
  messages: '3',
  failed: '1',
  paused: 0,
  stopped: '1',
  prompt_tokens: '100',
  completion_tokens: 20,
  price_nano: '1500000',
  latency_ms: '3000',
  timed: '2',
}

it('adds up numbers and the texts that some drivers give instead', () => {
  expect(addUp([dollars])).toEqual({
    messageCount: 3,
    failedCount: 1,
    pausedCount: 0,
    stoppedCount: 1,
    totalTokens: 120,
    totalPrice: '0.0015',
    currency: 'USD',
    averageLatency: 1.5,
  })
})

it('tells the currency that most was spent in', () => {
  const yuan = { ...dollars, currency: 'RMB', price_nano: 2_000_000 }
  expect(addUp([dollars, yuan])).toMatchObject({ totalPrice: '0.002', currency: 'RMB', messageCount: 6, totalTokens: 240 })
})

it('is nothing for no turns', () => {
  expect(addUp([])).toEqual({
    messageCount: 0,
    failedCount: 0,
    pausedCount: 0,
    stoppedCount: 0,
    totalTokens: 0,
    totalPrice: '0',
    currency: 'USD',
    averageLatency: 0,
  })
})

it('counts ratings by who gave them', () => {
  const counts = [
    { from_source: 'user', rating: 'like', count: '2' },
    { from_source: 'admin', rating: 'dislike', count: 1 },
  ] as const
  expect(countRatingsOf(counts, 'user')).toEqual({ like: 2, dislike: 0 })
  expect(countRatingsOf(counts, 'admin')).toEqual({ like: 0, dislike: 1 })
})
