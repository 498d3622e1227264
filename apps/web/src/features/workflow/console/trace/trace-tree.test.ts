import type { NodeRun } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { type TraceNode, toTraceTree, totalPrices } from './trace-tree.ts'

let count = 0
const run = (node_id: string, more: Partial<NodeRun> = {}): NodeRun =>
  ({ id: `e${++count}`, node_id, node_type: 'code', status: 'succeeded', execution_metadata: null, ...more }) as NodeRun // the tree reads these keys only
const within = (metadata: Record<string, unknown>, more: Partial<NodeRun> = {}) => ({ execution_metadata: metadata, ...more })

/** A tree as ids: `each[0: a b, 1: a b]`. */
const outline = (nodes: readonly TraceNode[]): string =>
  nodes
    .map(({ run: { node_id }, attempts, rounds }) => {
      const inside = rounds.map(({ index, nodes: inner }) => `${index}: ${outline(inner)}`).join(', ')
      return `${'!'.repeat(attempts.length)}${node_id}${inside === '' ? '' : `[${inside}]`}`
    })
    .join(' ')

describe('the tree of a run', () => {
  it('has the nodes in their order, failed attempts with the node that they were for', () => {
    expect(outline(toTraceTree([run('a'), run('b', { status: 'retry' }), run('b', { status: 'retry' }), run('b'), run('c')]))).toBe(
      'a !!b c',
    )
  })

  it('puts nodes into the rounds of their container', () => {
    const nodes = toTraceTree([
      run('each', within({ iteration_duration_map: { 0: 0.5, 1: 0.25 } }, { node_type: 'iteration' })),
      run('a', within({ iteration_id: 'each', iteration_index: 0 })),
      run('a', within({ iteration_id: 'each', iteration_index: 1 })),
      run('b', within({ iteration_id: 'each', iteration_index: 0 })),
      run('end'),
    ])
    expect(outline(nodes)).toBe('each[0: a b, 1: a] end')
    expect(nodes[0]?.rounds.map(({ seconds }) => seconds)).toEqual([0.5, 0.25])
  })

  it('finds the inner of two containers, each time that it ran', () => {
    const outer = (iteration_index: number) => ({ iteration_id: 'each', iteration_index })
    const inner = (iteration_index: number, loop_index: number) => ({ ...outer(iteration_index), loop_id: 'again', loop_index })
    const nodes = toTraceTree([
      run('each', { node_type: 'iteration' }),
      run('again', within(outer(0), { node_type: 'loop' })),
      run('a', within(inner(0, 0))),
      run('a', within(inner(0, 1))),
      run('again', within(outer(1), { node_type: 'loop' })),
      run('a', within(inner(1, 0))),
    ])
    expect(outline(nodes)).toBe('each[0: again[0: a, 1: a], 1: again[0: a]]')
  })

  it('keeps a node whose container is not told', () => {
    expect(outline(toTraceTree([run('a', within({ loop_id: 'gone', loop_index: 0 }))]))).toBe('a')
  })
})

describe('what a run cost', () => {
  it('is added up by currency', () => {
    const priced = (total_price: string, currency: string) => run('a', within({ total_price, currency }))
    expect(totalPrices([priced('0.0001', 'USD'), priced('0.0002', 'USD'), priced('0', 'USD'), priced('1', 'RMB'), run('b')])).toEqual([
      { currency: 'USD', amount: '0.000300000' },
      { currency: 'RMB', amount: '1.000000000' },
    ])
  })
})
