import type { NodeOutcome } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph, storyOf } from '../testing/run-graph.ts'
import { VirtualTime } from '../testing/virtual-time.ts'

const success: NodeOutcome = { status: 'succeeded', outputs: { output: 'done' } }
const failure: NodeOutcome = { status: 'failed', error: 'it broke', errorType: 'TestError' }

const run = (nodes: Parameters<typeof graphOf>[0], edges: readonly string[], work: Work = {}, more: object = {}) =>
  runGraph(graphOf(nodes, edges), { registry: createFakeNodes(work), ...more })

describe('scheduling', () => {
  it('runs nodes in the order of the edges and ends with the outputs of its end node', async () => {
    const result = await run(
      {
        start: { type: 'start' },
        a: { type: 'work' },
        b: { type: 'work' },
        end: { type: 'end', outputs: { a: ['a', 'output'], none: ['x', 'y'] } },
      },
      ['start -> a', 'start -> b', 'a -> end', 'b -> end'],
    )
    expect(storyOf(result.events)).toEqual([
      'start start',
      'start succeeded',
      'a start',
      'b start',
      'a succeeded',
      'b succeeded',
      'end start',
      'end succeeded',
    ])
    expect(result.run.status).toBe('succeeded')
    expect(result.run.outputs).toEqual({ a: 'a', none: null })
  })

  it('runs ten branches of 200 ms in 200 ms', async () => {
    const time = new VirtualTime()
    const names = Array.from({ length: 10 }, (_, index) => `n${index}`)
    const work = Object.fromEntries(names.map((name) => [name, () => time.sleep(200).then(() => success)]))
    const result = await run(
      { start: { type: 'start' }, ...Object.fromEntries(names.map((name) => [name, { type: 'work' }])), end: { type: 'end' } },
      names.flatMap((name) => [`start -> ${name}`, `${name} -> end`]),
      work,
      { time },
    )
    expect(result.run.status).toBe('succeeded')
    expect(time.now()).toBe(200)
  })

  it('joins once, also where a skipped edge completes the join', async () => {
    const result = await run(
      {
        start: { type: 'start' },
        pick: { type: 'branch', handle: 'yes' },
        yes: { type: 'work' },
        no: { type: 'work' },
        far: { type: 'work' },
        end: { type: 'end' },
      },
      ['start -> pick', 'pick:yes -> yes', 'pick:no -> no', 'no -> far', 'yes -> end', 'far -> end'],
    )
    expect(storyOf(result.events)).not.toContain('no start')
    expect(storyOf(result.events).filter((line) => line === 'end start')).toHaveLength(1)
    expect(result.run.status).toBe('succeeded')
  })
})

describe('failures', () => {
  it('fails the run with the error of the node', async () => {
    const result = await run({ start: { type: 'start' }, a: { type: 'work' } }, ['start -> a'], { a: () => failure })
    expect(result.run.status).toBe('failed')
    expect(result.run.error).toBe('it broke')
  })

  it('tries again as often as configured, and tells a run that succeeded then as partly so', async () => {
    let calls = 0
    const result = await run(
      { start: { type: 'start' }, a: { type: 'work', retry_config: { retry_enabled: true, max_retries: 3, retry_interval: 1000 } } },
      ['start -> a'],
      { a: () => (++calls < 3 ? failure : success) },
    )
    expect(storyOf(result.events)).toEqual(['start start', 'start succeeded', 'a start', 'a retry 1', 'a retry 2', 'a succeeded'])
    expect(result.time.now()).toBe(2000)
    expect(result.run.status).toBe('partial-succeeded')
    expect(result.run.exceptionsCount).toBe(2)
  })

  it('leaves by the fail branch with exactly the error', async () => {
    const result = await run(
      { start: { type: 'start' }, a: { type: 'work', error_strategy: 'fail-branch' }, ok: { type: 'work' }, bad: { type: 'work' } },
      ['start -> a', 'a:source -> ok', 'a:fail-branch -> bad'],
      { a: () => ({ ...failure, outputs: { partial: 1 } }) as NodeOutcome },
    )
    expect(storyOf(result.events)).toContain('bad start')
    expect(storyOf(result.events)).not.toContain('ok start')
    expect(result.events.find((event) => event.type === 'node-end' && event.nodeId === 'a')).toMatchObject({
      status: 'exception',
      outputs: { error_message: 'it broke', error_type: 'TestError' },
    })
  })

  it('goes on with default values', async () => {
    const result = await run(
      {
        start: { type: 'start' },
        a: { type: 'work', error_strategy: 'default-value', default_value: [{ key: 'output', type: 'string', value: 'instead' }] },
        end: { type: 'end', outputs: { out: ['a', 'output'], type: ['a', 'error_type'] } },
      },
      ['start -> a', 'a -> end'],
      { a: () => failure },
    )
    expect(result.run.outputs).toEqual({ out: 'instead', type: 'TestError' })
    expect(result.run.status).toBe('partial-succeeded')
  })

  it('ends a run that takes too many steps, naming the limit', async () => {
    const result = await run(
      { start: { type: 'start' }, a: { type: 'work' }, b: { type: 'work' }, c: { type: 'work' } },
      ['start -> a', 'a -> b', 'b -> c'],
      {},
      { maxSteps: 2 },
    )
    expect(result.run).toMatchObject({ status: 'stopped', isLimited: true })
    expect(result.run.error).toContain('WORKFLOW_MAX_EXECUTION_STEPS')
  })

  it('has no more at a time than allowed where something is tried again', async () => {
    const time = new VirtualTime()
    let atATime = 0
    let most = 0
    const slowly = async (): Promise<NodeOutcome> => {
      most = Math.max(most, ++atATime)
      await time.sleep(100)
      atATime -= 1
      return atATime === 0 && time.now() === 100 ? failure : success
    }
    await run(
      {
        start: { type: 'start' },
        a: { type: 'work', retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 10 } },
        b: { type: 'work' },
      },
      ['start -> a', 'start -> b'],
      { a: slowly, b: slowly },
      { time, maxConcurrency: 1 },
    )
    expect(most).toBe(1)
  })

  it('counts as steps what is outside containers, and holds against the limit what is inside too', async () => {
    const graph = [
      {
        start: { type: 'start' },
        each: { type: 'repeat', items: [1, 2, 3], parallel: 1, start_node_id: 'inner', output: ['body', 'output'] },
        inner: { type: 'iteration-start', iteration_id: 'each' },
        body: { type: 'work', iteration_id: 'each' },
      },
      ['start -> each', 'inner -> body'],
    ] as const
    expect((await run(...graph)).run.steps).toBe(2)
    expect((await run(...graph, {}, { maxSteps: 5 })).run.status).toBe('succeeded')
    expect((await run(...graph, {}, { maxSteps: 4 })).run).toMatchObject({ status: 'stopped', isLimited: true })
  })
})

describe('responses', () => {
  it('shows text at once and streams what a node says, before the answer node is reached', async () => {
    const result = await run(
      { start: { type: 'start' }, llm: { type: 'work' }, answer: { type: 'answer', answer: 'Say: {{#llm.text#}}!' } },
      ['start -> llm', 'llm -> answer'],
      {
        llm: (context) => {
          for (const text of ['one', ' two']) context.emit({ type: 'text-delta', name: 'text', text })
          return { status: 'succeeded', outputs: { text: 'one two' } }
        },
      },
    )
    expect(storyOf(result.events)).toEqual([
      '"Say: "',
      'start start',
      'start succeeded',
      'llm start',
      '"one"',
      '" two"',
      '"!"',
      'llm succeeded',
      'answer start',
      'answer succeeded',
    ])
    expect(result.run.outputs).toEqual({ answer: 'Say: one two!' })
  })

  it('takes what a node tells through an `emit` that it handed on by itself', async () => {
    const result = await run(
      { start: { type: 'start' }, llm: { type: 'work' }, answer: { type: 'answer', answer: '{{#llm.text#}}' } },
      ['start -> llm', 'llm -> answer'],
      {
        llm: ({ emit }) => {
          emit({ type: 'text-delta', name: 'text', text: 'one' })
          return { status: 'succeeded', outputs: { text: 'one' } }
        },
      },
    )
    expect(storyOf(result.events)).toContain('"one"')
    expect(result.run.outputs).toEqual({ answer: 'one' })
  })

  it('holds back what stands behind a stream that is still to come', async () => {
    const say = (text: string) => (context: { emit(chunk: { type: 'text-delta'; name: string; text: string }): void }) => {
      context.emit({ type: 'text-delta', name: 'text', text })
      return { status: 'succeeded', outputs: { text } } as const
    }
    const result = await run(
      {
        start: { type: 'start' },
        a: { type: 'work' },
        b: { type: 'work' },
        answer: { type: 'answer', answer: '{{#b.text#}}{{#a.text#}}' },
      },
      ['start -> a', 'start -> b', 'a -> answer', 'b -> answer'],
      { a: say('A'), b: say('B') },
      { maxConcurrency: 1 },
    )
    expect(storyOf(result.events).filter((line) => line.startsWith('"'))).toEqual(['"B"', '"A"'])
  })
})

describe('rounds', () => {
  const graph = (parallel: number) =>
    graphOf(
      {
        start: { type: 'start' },
        each: {
          type: 'repeat',
          items: Array.from({ length: 100 }, (_, index) => index),
          parallel,
          start_node_id: 'inner',
          output: ['body', 'output'],
        },
        inner: { type: 'iteration-start', iteration_id: 'each' },
        body: { type: 'work', iteration_id: 'each' },
        end: { type: 'end', outputs: { out: ['each', 'output'] } },
      },
      ['start -> each', 'inner -> body', 'each -> end'],
    )

  it('takes a tenth of the time with ten workers, and keeps the order of results', async () => {
    for (const [parallel, expected] of [
      [1, 10_000],
      [10, 1000],
    ] as const) {
      const time = new VirtualTime()
      const registry = createFakeNodes({
        body: async ({ variables }) => {
          const index = Number(variables.get(['each', 'index'])?.value)
          await time.sleep(100)
          return { status: 'succeeded', outputs: { output: index * 2 } }
        },
      })
      const result = await runGraph(graph(parallel), { registry, time })
      expect(time.now()).toBe(expected)
      expect(result.run.outputs['out']).toEqual(Array.from({ length: 100 }, (_, index) => index * 2))
    }
  })

  it('leaves nothing of a round behind but its result', async () => {
    const result = await runGraph(graph(1), { registry: createFakeNodes() })
    expect(result.run.pool.get(['body', 'output'])).toBeUndefined()
  })
})
