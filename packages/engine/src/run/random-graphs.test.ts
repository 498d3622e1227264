import type { RunEvent } from '@trellis/contracts'
import type { NodeOutcome } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph } from '../testing/run-graph.ts'
import { VirtualTime } from '../testing/virtual-time.ts'

interface RandomGraph {
  readonly nodes: Readonly<Record<string, Dict>>
  readonly edges: readonly { readonly source: string; readonly handle: string; readonly target: string }[]
  readonly delays: readonly number[]
  readonly failing: readonly boolean[]
}

const MAX_NODES = 12

/** Graphs without circles: each node has edges from nodes before it; some are branches, some have an error strategy. */
const graphs: fc.Arbitrary<RandomGraph> = fc
  .record({
    kinds: fc.array(fc.constantFrom('work', 'work', 'branch', 'fail-branch', 'default-value'), { minLength: 1, maxLength: MAX_NODES }),
    wires: fc.array(fc.array(fc.tuple(fc.nat(MAX_NODES), fc.boolean()), { minLength: 1, maxLength: 3 }), {
      minLength: MAX_NODES,
      maxLength: MAX_NODES,
    }),
    ways: fc.array(fc.boolean(), { minLength: MAX_NODES, maxLength: MAX_NODES }),
    delays: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: MAX_NODES, maxLength: MAX_NODES }),
    failing: fc.array(fc.boolean(), { minLength: MAX_NODES, maxLength: MAX_NODES }),
  })
  .map(({ kinds, wires, ways, delays, failing }) => {
    const nodes: Record<string, Dict> = { start: { type: 'start' } }
    const edges: { source: string; handle: string; target: string }[] = []
    const seen = new Set<string>()
    kinds.forEach((kind, index) => {
      const target = `n${index}`
      nodes[target] =
        kind === 'branch'
          ? { type: 'branch', handle: ways[index] ? 'yes' : 'no' }
          : { type: 'work', ...(kind === 'work' ? {} : { error_strategy: kind, default_value: [] }) }
      for (const [from, way] of wires[index] ?? []) {
        const place = from % (index + 1)
        const source = place === index ? 'start' : `n${place}`
        const sourceKind = place === index ? 'start' : kinds[place]
        const handle = sourceKind === 'branch' ? (way ? 'yes' : 'no') : sourceKind === 'fail-branch' && way ? 'fail-branch' : 'source'
        if (seen.has(`${source}:${target}`)) continue
        seen.add(`${source}:${target}`)
        edges.push({ source, handle, target })
      }
    })
    nodes['end'] = { type: 'end', outputs: Object.fromEntries(kinds.map((_, index) => [`n${index}`, [`n${index}`, 'output']])) }
    for (const id of Object.keys(nodes)) if (id !== 'end') edges.push({ source: id, handle: handleTo(nodes[id]), target: 'end' })
    return { nodes, edges, delays, failing }
  })

const handleTo = (data: Dict | undefined): string => (data?.['type'] === 'branch' ? 'yes' : 'source')

/** Each node tells which of its predecessors have outputs: whatever goes wrong with an order shows. */
function workOf({ nodes, edges, delays, failing }: RandomGraph, time: VirtualTime, isDelayed: boolean): Work {
  return Object.fromEntries(
    Object.keys(nodes).map((id, place) => [
      id,
      async ({ variables }): Promise<NodeOutcome> => {
        if (isDelayed) await time.sleep(delays[place % MAX_NODES] ?? 0)
        if (nodes[id]?.['error_strategy'] !== undefined && failing[place % MAX_NODES]) {
          return { status: 'failed', error: `${id} broke`, errorType: 'TestError' }
        }
        const sources = edges.filter(({ target }) => target === id).map(({ source }) => source)
        const seen = sources.filter((source) => variables.get([source, 'output'])).sort()
        return { status: 'succeeded', outputs: { output: `${id}(${seen.join(',')})` } }
      },
    ]),
  )
}

async function run(graph: RandomGraph, isDelayed: boolean, maxConcurrency: number) {
  const time = new VirtualTime()
  const document = graphOf(
    graph.nodes,
    graph.edges.map(({ source, handle, target }) => `${source}:${handle} -> ${target}`),
  )
  return runGraph(document, { registry: createFakeNodes(workOf(graph, time, isDelayed)), time, maxConcurrency })
}

it('gives the same outputs in whatever order its nodes complete', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, concurrency) => {
      const plain = await run(graph, false, 1)
      const other = await run(graph, true, concurrency)
      expect(other.run.status).toBe(plain.run.status)
      expect(other.run.outputs).toEqual(plain.run.outputs)
      expect(other.run.exceptionsCount).toBe(plain.run.exceptionsCount)
    }),
    { numRuns: 200 },
  )
})

it('runs a node once where some edge into it is taken and none is left open, and not at all where all are skipped', async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.integer({ min: 1, max: 4 }), async (graph, concurrency) => {
      const { events, run: ended } = await run(graph, true, concurrency)
      const starts = events.filter((event) => event.type === 'node-start').map(({ nodeId }) => nodeId)
      expect(new Set(starts).size).toBe(starts.length)
      expect([...starts].sort()).toEqual(expectedToRun(graph, events))
      expect(ended.openExecutions).toEqual([])
    }),
    { numRuns: 200 },
  )
})

/** Worked out from the ends of the nodes before, by the laws alone. */
function expectedToRun({ nodes, edges }: RandomGraph, events: readonly RunEvent[]): readonly string[] {
  const handles = new Map(events.flatMap((event) => (event.type === 'node-end' ? [[event.nodeId, event.handle] as const] : [])))
  const isBranch = (id: string): boolean => nodes[id]?.['type'] === 'branch' || nodes[id]?.['error_strategy'] === 'fail-branch'
  const runs = new Set<string>()
  for (const id of Object.keys(nodes)) {
    const isReached = edges.some(({ source, handle, target }) => {
      if (target !== id || !runs.has(source)) return false
      return !isBranch(source) || (handles.get(source) ?? 'source') === handle
    })
    if (id === 'start' || isReached) runs.add(id)
  }
  return [...runs].sort()
}
