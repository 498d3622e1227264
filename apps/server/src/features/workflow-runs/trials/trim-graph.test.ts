import { type Dict, getKey } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { fromNode, isInContainer, onlyNode } from './trim-graph.ts'

const node = (id: string, data: Dict = {}, more: Dict = {}): Dict => ({ id, data: { type: 'code', ...data }, ...more })
const graph: Dict = {
  nodes: [
    node('start', { type: 'start' }),
    node('before', { retry_config: { retry_enabled: true } }),
    node('each', { type: 'iteration', start_node_id: 'first' }),
    node('first', { type: 'iteration-start' }, { parentId: 'each' }),
    node('inner'),
    node('loop', { type: 'loop', iteration_id: 'each' }),
    node('innermost', { loop_id: 'loop' }),
    node('after'),
    node('beside'),
    { id: 'note', type: 'custom-note', data: {} },
  ],
  edges: ['start before', 'before each', 'first inner', 'inner loop', 'each after', 'start beside', 'beside after'].map((ends) => {
    const [source = '', target = ''] = ends.split(' ')
    return { source, target }
  }),
}

const idsOf = (part: Dict | undefined) => (part ? (getKey(part, 'nodes') as Dict[]).map(({ id }) => id) : undefined)
const endsOf = (part: Dict | undefined) =>
  part ? (getKey(part, 'edges') as Dict[]).map(({ source, target }) => `${source} ${target}`) : undefined

describe('one node of a graph', () => {
  it('stands alone, and is not tried again', () => {
    const part = onlyNode(graph, 'before')
    expect(part).toEqual({ nodes: [{ id: 'before', data: { type: 'code' } }], edges: [] })
  })

  it('takes along what is inside it, whether that says so or is reached from its start', () => {
    const part = onlyNode(graph, 'each')
    expect(idsOf(part)).toEqual(['each', 'first', 'inner', 'loop', 'innermost'])
    expect(endsOf(part)).toEqual(['first inner', 'inner loop'])
  })

  it('is none where there is no such node, a note included', () => {
    expect(onlyNode(graph, 'nowhere')).toBeUndefined()
    expect(onlyNode(graph, 'note')).toBeUndefined()
  })
})

describe('a graph from a node on', () => {
  it('holds what lies behind it and nothing that leads to it', () => {
    const part = fromNode(graph, 'each')
    expect(idsOf(part)).toEqual(['each', 'first', 'inner', 'loop', 'innermost', 'after'])
    expect(endsOf(part)).toEqual(['first inner', 'inner loop', 'each after'])
  })
})

it('A node knows whether it is in a container', () => {
  expect(['before', 'inner', 'innermost', 'each'].map((id) => isInContainer(graph, id))).toEqual([false, true, true, false])
})
