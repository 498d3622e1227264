import { type Dict, float, type Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { createFakeNodes } from '../testing/fake-nodes.ts'
import { graphOf } from '../testing/run-graph.ts'
import { compile } from './compile.ts'

const planOf = (graph: Dict) => compile(graph, createFakeNodes())
const compiling = (nodes: Parameters<typeof graphOf>[0], edges: readonly string[]) => () => planOf(graphOf(nodes, edges))
const start = { type: 'start' }
const work = { type: 'work' }
const each = { type: 'repeat', start_node_id: 'first' }
const first = { type: 'iteration-start', iteration_id: 'each' }

describe('2.2 common data', () => {
  const nodeOf = (data: Dict) => planOf({ nodes: [{ id: 'a', data: { type: 'work', ...data } }], edges: [] }).root.nodes[0]
  const defaultsOf = (type: string, value: Value) => nodeOf({ default_value: [{ key: 'v', type, value }] })?.defaults['v']

  it.each<readonly [string, Value, Value]>([
    ['string', '1', '1'],
    ['number', 1, 1],
    ['number', '1', float(1)],
    ['object', '{"a": [1.0]}', { a: [float(1)] }],
    ['array[number]', '[1, 2.0]', [1, float(2)]],
    ['array[string]', ['a'], ['a']],
    ['array[object]', '[{}]', [{}]],
    ['array[file]', [1], [1]],
  ])('2.2 a default value %s of %j', (type, value, expected) => {
    expect(defaultsOf(type, value)).toEqual(expected)
  })

  it.each<readonly [string, Value]>([
    ['string', 1],
    ['number', 'many'],
    ['object', '[]'],
    ['array[number]', '["a"]'],
    ['array[string]', '{'],
    ['array[object]', [1]],
  ])('2.2 a default value %s of %j refuses the graph', (type, value) => {
    expect(() => defaultsOf(type, value)).toThrow(`the default value of "v" is no ${type}`)
  })

  it('2.2 title and version may be missing, what is unknown is ignored, null is no strategy', () => {
    expect(nodeOf({ selected: true, error_strategy: null, retry_config: { enabled: true, max_retries: 1 } })).toMatchObject({
      title: '',
      errorStrategy: undefined,
      retry: undefined,
    })
  })
})

describe('4.1 graph construction', () => {
  it('4.1 notes are dropped, whatever their data (2.26)', () => {
    const plan = planOf({
      nodes: [
        { id: 'start', data: start },
        { id: 'note', type: 'custom-note', data: { text: 'remember' } },
      ],
      edges: [],
    })
    expect(plan.root.nodes.map(({ id }) => id)).toEqual(['start'])
  })

  it('4.1 node ids: the last of those that share one counts; no nodes is an error', () => {
    const plan = planOf({
      nodes: [
        { id: 'start', data: start },
        { id: 'a', data: { type: 'work', title: 'one' } },
        { id: 'a', data: { type: 'work', title: 'other' } },
      ],
      edges: [],
    })
    expect(plan.root.nodes.map(({ id, title }) => [id, title])).toEqual([
      ['start', ''],
      ['a', 'other'],
    ])
    expect(() => planOf({ nodes: [], edges: [] })).toThrow('has no nodes')
  })

  it('4.1 edges: named in their order; one without ends is left out; without a handle it leaves by `source`', () => {
    const plan = planOf({
      nodes: [
        { id: 'start', data: start },
        { id: 'a', data: work },
        { id: 'b', data: work },
      ],
      edges: [
        { id: 'mine', source: 'start', target: 'a', sourceHandle: 7 },
        { source: 'start', target: 1 },
        { source: 'a', sourceHandle: 'other', target: 'b' },
      ],
    })
    expect(plan.root.edges.map(({ id, handle }) => [id, handle])).toEqual([
      ['edge_0', 'source'],
      ['edge_2', 'other'],
    ])
  })

  it('4.1 scope: a container’s nodes are a graph of their own', () => {
    const plan = planOf(graphOf({ start, each, first, inner: { ...work, iteration_id: 'each' } }, ['start -> each', 'first -> inner']))
    expect(plan.scopes.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([
      ['start', 'each'],
      ['first', 'inner'],
    ])
  })

  it('4.1 scope: what a container’s start leads to is inside, though it does not say so', () => {
    const plan = planOf(graphOf({ start, each, first: { type: 'iteration-start' }, inner: work }, ['start -> each', 'first -> inner']))
    expect(plan.scopes[1]?.nodes.map(({ id }) => id)).toEqual(['first', 'inner'])
  })

  it('4.1 scope: a bad node inside a container refuses the whole graph', () => {
    expect(compiling({ start, each, first, inner: { type: 'unheard-of', iteration_id: 'each' } }, [])).toThrow('unheard-of')
  })

  it.each<readonly [string, Parameters<typeof graphOf>[0], readonly string[], string]>([
    ['an end of an edge is missing', { start }, ['start -> nobody'], '"nobody"'],
    ['an edge leads into a container', { start, each, first, inner: { ...work, iteration_id: 'each' } }, ['start -> inner'], 'container'],
    ['edges go round in a circle', { start, a: work, b: work }, ['start -> a', 'a -> b', 'b -> a'], 'circle'],
    [
      'containers are inside each other',
      { start, one: { ...each, start_node_id: 'x', iteration_id: 'two' }, two: { ...each, start_node_id: 'y', iteration_id: 'one' } },
      [],
      'inside itself',
    ],
    ['a node has no type', { start, a: {} }, [], 'no type'],
  ])('4.1 validation: refused where %s', (_what, nodes, edges, message) => {
    expect(compiling(nodes, edges)).toThrow(message)
  })

  it('4.1 rule 1: edges are followed in the order of the file', () => {
    const plan = planOf(graphOf({ start, a: work, b: work, c: work }, ['start -> c', 'start -> a', 'start -> b']))
    expect(plan.root.nodes[0]?.out.map(({ target }) => plan.root.nodes[target]?.id)).toEqual(['c', 'a', 'b'])
  })

  it('4.1 rule 2: a node with a fail branch is a branch', () => {
    const plan = planOf(
      graphOf({ start, a: { ...work, error_strategy: 'fail-branch' }, b: { ...work, error_strategy: 'default-value' } }, []),
    )
    expect(plan.root.nodes.map(({ id, isBranch }) => [id, isBranch])).toEqual([
      ['start', false],
      ['a', true],
      ['b', false],
    ])
  })
})
