import type { RunEvent, Usage } from '@trellis/contracts'
import type { NodeFailure, NodeOutcome } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { describe, expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph, storyOf } from '../testing/run-graph.ts'
import { VirtualTime } from '../testing/virtual-time.ts'

const success: NodeOutcome = { status: 'succeeded', outputs: { output: 'done' } }
const failure: NodeFailure = { status: 'failed', error: 'it broke', errorType: 'TestError' }
const start = { type: 'start' }
const work = { type: 'work' }
const retrying = (count: number) => ({ ...work, retry_config: { retry_enabled: true, max_retries: count, retry_interval: 1000 } })

const run = (nodes: Parameters<typeof graphOf>[0], edges: readonly string[], does: Work = {}, more: object = {}) =>
  runGraph(graphOf(nodes, edges), { registry: createFakeNodes(does), ...more })
/** Fails so often, then succeeds. */
const failing = (times: number, after: NodeOutcome = success): Work[string] => {
  let calls = 0
  return () => (calls++ < times ? failure : after)
}
const endOf = (events: readonly RunEvent[], nodeId: string) => events.find((event) => event.type === 'node-end' && event.nodeId === nodeId)

/** Three rounds, of which the second fails. */
const rounds = {
  start,
  each: { type: 'repeat', items: [1, 2, 3], start_node_id: 'first', output: ['body', 'output'] },
  first: { type: 'iteration-start', iteration_id: 'each' },
  body: { ...work, iteration_id: 'each' },
}
const secondFails: Work[string] = ({ variables }) => (variables.get(['each', 'index'])?.value === 1 ? failure : success)

describe('4.4 outcomes', () => {
  it('4.4 succeeded: no error and no exception', async () => {
    expect((await run({ start, a: work }, ['start -> a'])).run).toMatchObject({ status: 'succeeded', exceptionsCount: 0 })
  })

  it('4.4 partial-succeeded: no fatal error, some exceptions', async () => {
    const { run: seen } = await run({ start, a: { ...work, error_strategy: 'default-value' } }, ['start -> a'], { a: failing(1) })
    expect(seen).toMatchObject({ status: 'partial-succeeded', exceptionsCount: 1 })
  })

  it('4.4 failed: a node without a strategy; the run’s error is the node’s, and nobody waits for its neighbours', async () => {
    const time = new VirtualTime()
    const slow: Work[string] = () => time.sleep(60_000).then(() => success)
    const { run: seen, events } = await run(
      { start, slow: work, a: work },
      ['start -> slow', 'start -> a'],
      { slow, a: failing(1) },
      { time },
    )
    expect(seen).toMatchObject({ status: 'failed', error: 'it broke' })
    expect(time.now()).toBe(0)
    expect(storyOf(events).slice(-2)).toEqual(['a failed', 'slow failed'])
  })

  it('4.4 stopped: what executes is let go, its run ends as stopped', async () => {
    const time = new VirtualTime()
    const graph = graphOf({ start, slow: work }, ['start -> slow'])
    const registry = createFakeNodes({ slow: () => time.sleep(60_000).then(() => success) })
    let stop: () => void = () => undefined
    time.after(10, () => stop())
    const { run: seen, events } = await runGraph(graph, {
      registry,
      time,
      onDriver: (driver) => {
        stop = () => driver.stop('Enough.')
      },
    })
    expect([seen.status, seen.error, time.now()]).toEqual(['stopped', 'Enough.', 10])
    expect(storyOf(events).at(-1)).toBe('slow stopped')
  })

  it('4.4 exceptions: every failed attempt counts, also those that are made good (9.8)', async () => {
    const { run: seen } = await run({ start, a: retrying(3) }, ['start -> a'], { a: failing(2) })
    expect(seen).toMatchObject({ status: 'partial-succeeded', exceptionsCount: 2 })
  })

  it('4.4 exceptions: those of rounds are the run’s', async () => {
    const nodes = { ...rounds, body: { ...rounds.body, error_strategy: 'fail-branch' } }
    const { run: seen } = await run(nodes, ['start -> each', 'first -> body'], { body: secondFails })
    expect(seen).toMatchObject({ status: 'partial-succeeded', exceptionsCount: 1 })
  })
})

describe('4.5 node failures', () => {
  it('4.5 retry: so many more attempts, with a pause before each; only the first one is told as a start', async () => {
    const { run: seen, events, time } = await run({ start, a: retrying(2) }, ['start -> a'], { a: failing(9) })
    expect(storyOf(events)).toEqual(['start start', 'start succeeded', 'a start', 'a retry 1', 'a retry 2', 'a failed'])
    expect([seen.status, seen.exceptionsCount, time.now()]).toEqual(['failed', 3, 2000])
  })

  it.each<readonly [string, object]>([
    ['switched off', { enabled: true, max_retries: 2 }],
    ['none allowed', { retry_enabled: true, max_retries: 0 }],
  ])('4.5 retry: %s is no retry', async (_what, retry_config) => {
    const { events } = await run({ start, a: { ...work, retry_config } as never }, ['start -> a'], { a: failing(1) })
    expect(storyOf(events).at(-1)).toBe('a failed')
  })

  it('4.5 retry: only of nodes that offer it', async () => {
    const { events } = await run({ start, a: { ...retrying(2), type: 'stubborn' } }, ['start -> a'], { a: failing(1) })
    expect(storyOf(events)).toEqual(['start start', 'start succeeded', 'a start', 'a failed'])
  })

  it('4.5 retry comes before the strategy', async () => {
    const { events } = await run({ start, a: { ...retrying(1), error_strategy: 'default-value' } }, ['start -> a'], { a: failing(9) })
    expect(storyOf(events).slice(2)).toEqual(['a start', 'a retry 1', 'a exception'])
  })

  it('4.5 retry: the event tells what the failed attempt had', async () => {
    const failed = { ...failure, inputs: { x: 1 }, outputs: { status_code: 500 } }
    const { events } = await run({ start, a: retrying(1) }, ['start -> a'], { a: failing(0, failed) })
    expect(events.find(({ type }) => type === 'node-retry')).toMatchObject({
      error: 'it broke',
      errorType: 'TestError',
      inputs: { x: 1 },
      outputs: { status_code: 500 },
      retryIndex: 1,
    })
  })

  it('4.5 fail-branch: the node’s outputs are the error and its type, nothing of the attempt (9.7)', async () => {
    const nodes = { start, a: { ...work, error_strategy: 'fail-branch' }, good: work, bad: work }
    const { run: seen, events } = await run(nodes, ['start -> a', 'a -> good', 'a:fail-branch -> bad'], {
      a: failing(0, { ...failure, outputs: { part: 1 } }),
    })
    expect(storyOf(events).slice(3)).toEqual(['a exception', 'bad start', 'bad succeeded'])
    expect(endOf(events, 'a')).toMatchObject({ metadata: { error_strategy: 'fail-branch' }, handle: 'fail-branch' })
    expect(endOf(events, 'a')).toHaveProperty('outputs', { error_message: 'it broke', error_type: 'TestError' })
    expect(seen.pool.get(['a', 'part'])).toBeUndefined()
  })

  it('4.5 default-value: its values and the error; every edge is taken', async () => {
    const default_value: Value = [{ key: 'output', type: 'number', value: '7' }]
    const nodes = { start, a: { ...work, error_strategy: 'default-value', default_value }, b: work, c: work }
    const { events } = await run(nodes, ['start -> a', 'a -> b', 'a:fail-branch -> c'], { a: failing(1) })
    expect(storyOf(events).slice(3)).toEqual(['a exception', 'b start', 'c start', 'b succeeded', 'c succeeded'])
    expect(endOf(events, 'a')).toMatchObject({
      outputs: { error_message: 'it broke', error_type: 'TestError' },
      metadata: { error_strategy: 'default-value' },
    })
  })

  it('4.5 no strategy, in a container: the round fails', async () => {
    const { run: seen, events } = await run(rounds, ['start -> each', 'first -> body'], { body: secondFails })
    expect(seen).toMatchObject({ status: 'failed', exceptionsCount: 2 })
    expect(storyOf(events).slice(-3)).toEqual(['body failed', 'each rounds failed', 'each failed'])
  })

  it('4.5 what a node throws is a failure of type WorkflowNodeError without inputs', async () => {
    const { events } = await run({ start, a: work }, ['start -> a'], {
      a: () => {
        throw new RangeError('far out')
      },
    })
    expect(endOf(events, 'a')).toMatchObject({ status: 'failed', error: 'far out', errorType: 'WorkflowNodeError' })
    expect(endOf(events, 'a')).not.toHaveProperty('inputs')
  })

  it('4.5 an exception counts as executed: what follows runs and sees its outputs, its usage counts', async () => {
    const usage = { totalTokens: 5 } as Usage
    const nodes = { start, a: { ...work, error_strategy: 'default-value' }, end: { type: 'end', outputs: { why: ['a', 'error_message'] } } }
    const { run: seen } = await run(nodes, ['start -> a', 'a -> end'], { a: failing(0, { ...failure, usage }) })
    expect(seen.outputs).toEqual({ why: 'it broke' })
    expect(seen.usage).toMatchObject({ totalTokens: 5 })
  })
})

describe('4.6 limits', () => {
  it('4.6 WORKFLOW_MAX_EXECUTION_STEPS: nodes begun, those of rounds too, further attempts not; looked at when a node ends', async () => {
    const nodes = { ...rounds, after: retrying(3) }
    const edges = ['start -> each', 'first -> body', 'each -> after']
    expect((await run(nodes, edges, { after: failing(2) }, { maxSteps: 6 })).run).toMatchObject({ status: 'partial-succeeded' })
    const { run: seen, events } = await run(nodes, edges, {}, { maxSteps: 5 })
    expect(seen).toMatchObject({ status: 'stopped', isLimited: true })
    expect(seen.error).toMatch(/6 steps.*at most 5.*WORKFLOW_MAX_EXECUTION_STEPS/)
    expect(storyOf(events)).toContain('after start')
  })

  it('4.6 WORKFLOW_MAX_EXECUTION_TIME: looked at when a node ends', async () => {
    const time = new VirtualTime()
    const slow: Work[string] = () => time.sleep(3000).then(() => success)
    const { run: seen, events } = await run(
      { start, slow: work, next: work },
      ['start -> slow', 'slow -> next'],
      { slow },
      { time, maxTimeMs: 2000 },
    )
    expect(seen).toMatchObject({ status: 'stopped', isLimited: true })
    expect(seen.error).toMatch(/2 seconds.*WORKFLOW_MAX_EXECUTION_TIME/)
    expect(storyOf(events).at(-1)).toBe('slow succeeded')
  })
})

describe('4.12 records', () => {
  it('4.12 total_steps counts nodes outside containers, each attempt of theirs', async () => {
    const edges = ['start -> each', 'first -> body', 'each -> after']
    const { run: seen } = await run({ ...rounds, after: retrying(3) }, edges, { after: failing(2) })
    expect(seen.steps).toBe(5)
  })

  it('4.12 total_tokens: each finished node’s, failed attempts too; a container has the sum of its rounds, and the run counts it once', async () => {
    const used = (totalTokens: number) => ({ totalTokens }) as Usage
    const edges = ['start -> each', 'first -> body', 'each -> after']
    const { run: seen, events } = await run({ ...rounds, after: retrying(1) }, edges, {
      body: () => ({ ...success, usage: used(10) }),
      after: (() => {
        let calls = 0
        return () => (calls++ === 0 ? { ...failure, usage: used(1) } : { ...success, usage: used(2) })
      })(),
    })
    expect(endOf(events, 'each')).toMatchObject({ usage: { totalTokens: 30 } })
    expect(seen.usage).toMatchObject({ totalTokens: 33 })
  })
})
