import type { Figures, Monitoring } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { toCharts } from './figure-charts.ts'

const nothing: Figures = {
  messages: 0,
  conversations: 0,
  users: 0,
  tokens: 0,
  costs: [],
  latency_p50: null,
  latency_p95: null,
  tokens_per_second: null,
  failed: 0,
  liked: 0,
  disliked: 0,
}

function monitoring(current: Partial<Figures>, previous: Partial<Figures> = {}): Monitoring {
  return {
    start: 1,
    end: 2,
    unit: 'day',
    current: { ...nothing, ...current },
    previous: { ...nothing, ...previous },
    spans: [{ start: 1, ...nothing, ...current }],
    previous_spans: [{ start: 0, ...nothing, ...previous }],
  }
}

const chart = (of: Monitoring, name: string) => toCharts(of).find((each) => each.name === name)

describe('toCharts', () => {
  it('leaves out what workflows have no figures of', () => {
    expect(toCharts(monitoring({ conversations: null })).map(({ name }) => name)).toEqual([
      'messages',
      'users',
      'tokens',
      'cost',
      'latency',
      'failed',
    ])
    expect(toCharts(monitoring({}))).toHaveLength(9)
  })

  it('shows the currency that most was spent in', () => {
    const costs = [
      { currency: 'RMB', amount: '1' },
      { currency: 'USD', amount: '2.5' },
    ]
    expect(chart(monitoring({ costs }), 'cost')).toMatchObject({ currency: 'USD', total: 2.5, totalBefore: 0, series: [{ values: [2.5] }] })
  })

  it('has both latencies, and the satisfaction of those who rated', () => {
    const figures = monitoring({ latency_p50: 1, latency_p95: 3, liked: 3, disliked: 1 }, { latency_p50: 2 })
    expect(chart(figures, 'latency')?.series).toEqual([
      { name: 'latency', values: [1], before: [2] },
      { name: 'latencyP95', values: [3], before: [null] },
    ])
    expect(chart(figures, 'satisfaction')).toMatchObject({ total: 0.75, totalBefore: null })
  })
})
