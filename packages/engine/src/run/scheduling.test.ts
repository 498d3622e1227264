import type { NodeOutcome } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph, storyOf } from '../testing/run-graph.ts'
import { SKIPPED, TAKEN } from './frame.ts'

const success: NodeOutcome = { status: 'succeeded', outputs: { output: 'done' } }
const start = { type: 'start' }
const work = { type: 'work' }
const branch = (handle: string) => ({ type: 'branch', handle })

const run = (nodes: Parameters<typeof graphOf>[0], edges: readonly string[], does: Work = {}, more: object = {}) =>
  runGraph(graphOf(nodes, edges), { registry: createFakeNodes(does), maxConcurrency: 1, ...more })
const startsOf = ({ events }: Awaited<ReturnType<typeof run>>) =>
  storyOf(events).flatMap((line) => (line.endsWith(' start') ? [line.slice(0, -6)] : []))

describe('4.2 states', () => {
  it('4.2 an edge is told by the end of its source, a node is taken when it is queued', async () => {
    let seen: readonly (readonly number[])[] = []
    const graph = graphOf({ start, a: work, b: work, c: work }, ['start -> a', 'start -> b', 'a -> c'])
    let state: () => typeof seen = () => []
    const result = await runGraph(graph, {
      registry: createFakeNodes({
        a: async () => {
          await Promise.resolve()
          seen = state()
          return success
        },
      }),
      maxConcurrency: 1,
      onRun: ({ root }) => {
        state = () => [[...root.nodeState], [...root.edgeState]]
      },
    })
    // While `a` executes: `b` is queued, `c` and the edge to it are not known.
    expect(seen).toEqual([
      [TAKEN, TAKEN, TAKEN, 0],
      [TAKEN, TAKEN, 0],
    ])
    expect(result.run.root.nodeState).toEqual([TAKEN, TAKEN, TAKEN, TAKEN])
  })
})

describe('4.10 events', () => {
  const each = { type: 'repeat', items: [1, 2], start_node_id: 'first', output: ['body', 'output'] }
  const inside = { each, first: { type: 'iteration-start', iteration_id: 'each' }, body: { ...work, iteration_id: 'each' } }

  it('4.10 a node’s events name its execution, its node and its round', async () => {
    const { events } = await run({ start, ...inside }, ['start -> each', 'first -> body'])
    const [first, second] = events.filter((event) => event.type === 'node-end' && event.nodeId === 'body')
    const label = { nodeId: 'body', nodeType: 'work', title: '', iterationId: 'each', predecessorId: 'first' }
    expect([first, second]).toMatchObject([
      { ...label, iterationIndex: 0 },
      { ...label, iterationIndex: 1 },
    ])
    expect(first).not.toHaveProperty('executionId', Reflect.get(second ?? {}, 'executionId'))
  })

  it('4.10 around a container: its node begins, it begins, its rounds, it ends, its node ends; its start is never told', async () => {
    const { events } = await run({ start, ...inside }, ['start -> each', 'first -> body'])
    expect(storyOf(events).slice(2)).toEqual([
      'each start',
      'each rounds',
      'each round 0',
      'body start',
      'body succeeded',
      'each round 1',
      'body start',
      'body succeeded',
      'each rounds succeeded',
      'each succeeded',
    ])
  })
})

describe('4.3 scheduling', () => {
  it('4.3 one worker: first in, first out, in the order of edges', async () => {
    const result = await run({ start, a: work, b: work, a2: work, b2: work }, ['start -> b', 'start -> a', 'a -> a2', 'b -> b2'])
    expect(startsOf(result)).toEqual(['start', 'b', 'a', 'b2', 'a2'])
  })

  it('4.3 a success: what its edges open is shown before it is told itself', async () => {
    const result = await run({ start, pick: branch('yes'), answer: { type: 'answer', answer: 'so' } }, [
      'start -> pick',
      'pick:yes -> answer',
    ])
    expect(storyOf(result.events)).toEqual([
      'start start',
      'start succeeded',
      'pick start',
      '"so"',
      'pick succeeded',
      'answer start',
      'answer succeeded',
    ])
  })

  it('4.3 join: ready when no edge into it is unknown and one is taken; it runs once (9.4)', async () => {
    const result = await run({ start, a: work, b: work, c: work, end: { type: 'end' } }, [
      'start -> a',
      'start -> b',
      'b -> c',
      'a -> end',
      'c -> end',
    ])
    expect(startsOf(result)).toEqual(['start', 'a', 'b', 'c', 'end'])
  })

  it('4.3 a node none of whose edges are taken is skipped, and so on behind it', async () => {
    const result = await run({ start, pick: branch('yes'), yes: work, no: work, far: work }, [
      'start -> pick',
      'pick:yes -> yes',
      'pick:no -> no',
      'no -> far',
    ])
    expect(startsOf(result)).toEqual(['start', 'pick', 'yes'])
    expect(result.run.root.nodeState).toEqual([TAKEN, TAKEN, TAKEN, SKIPPED, SKIPPED])
    expect(result.run.pool.get(['no', 'output'])).toBeUndefined()
  })

  it('4.3 what is no branch takes every edge, whatever its handle', async () => {
    expect(startsOf(await run({ start, a: work, b: work }, ['start:this -> a', 'start:that -> b']))).toEqual(['start', 'a', 'b'])
  })

  it('4.3 skips come first: a join that a skip completes is queued before what the branch leads to', async () => {
    const nodes = { start, side: work, pick: branch('yes'), yes: work, join: work }
    const result = await run(nodes, ['start -> side', 'start -> pick', 'pick:yes -> yes', 'side -> join', 'pick:no -> join'])
    expect(startsOf(result)).toEqual(['start', 'side', 'pick', 'join', 'yes'])
  })

  it('4.3 a branch that chooses nothing fails; a handle without an edge ends its path', async () => {
    const none = await run({ start, pick: { type: 'branch', title: 'Pick' } }, ['start -> pick'])
    expect(none.run).toMatchObject({ status: 'failed', error: 'Node "Pick" chose no branch.' })
    const ended = await run({ start, pick: branch('elsewhere'), yes: work }, ['start -> pick', 'pick:yes -> yes'])
    expect([ended.run.status, startsOf(ended)]).toEqual(['succeeded', ['start', 'pick']])
  })

  it('4.3 a node with a fail branch leaves by `source` when it succeeds (9.7)', async () => {
    const nodes = { start, a: { ...work, error_strategy: 'fail-branch' }, good: work, bad: work, older: work }
    const result = await run(nodes, ['start -> a', 'a -> good', 'a:fail-branch -> bad', 'a:success-branch -> older'])
    expect(startsOf(result)).toEqual(['start', 'a', 'good'])
  })

  it('4.3 the run ends when nothing executes and nothing is queued; what was not reached is not told', async () => {
    const result = await run({ start, a: work, island: work }, ['start -> a'])
    expect([result.run.status, startsOf(result)]).toEqual(['succeeded', ['start', 'a']])
  })
})
