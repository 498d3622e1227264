import type { RunEvent } from '@trellis/contracts'
import type { NodeServices, RunFacts } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { Variable, VariablePool } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { RunDriver } from '../drive/drive-run.ts'
import { compile } from '../plan/compile.ts'
import type { NodeRegistry } from '../plan/plan.ts'
import { WorkflowRun } from '../run/workflow-run.ts'
import { createFakeNodes } from '../testing/fake-nodes.ts'
import { graphOf, runGraph } from '../testing/run-graph.ts'
import { VirtualTime } from '../testing/virtual-time.ts'
import { beginOpenAt, foldRun } from './fold-run.ts'
import { retryHistory } from './retry-history.ts'

const OTHER = '01980000-1111-7000-8000-000000000000'

/** Tries a run's failure again, with other values; tells what was executed and how the run ended. */
async function retry(
  graph: Dict,
  registry: NodeRegistry,
  { journal, time, given = {} }: { journal: readonly RunEvent[]; time: VirtualTime; given?: Dict },
) {
  const plan = compile(graph, registry)
  const history = retryHistory(plan, journal, OTHER)
  const variables = Object.entries(given).map(([path, value]) => ({ selector: path.split('.'), variable: new Variable(value) }))
  const run = new WorkflowRun({
    plan,
    pool: new VariablePool(),
    runId: OTHER,
    limits: { maxSteps: 500, maxTimeMs: 1e9 },
    maxConcurrency: 10,
    amendment: { executionId: history.failed?.executionId ?? '', variables },
  })
  const told = beginOpenAt(run, foldRun(run, history.events).told, time.now())
  const events: RunEvent[] = [...told]
  const driver = new RunDriver({
    run,
    facts: {} as RunFacts,
    services: {} as NodeServices,
    ports: {
      now: () => time.now(),
      after: (delayMs, callback) => time.after(delayMs, callback),
      onEvents: (more) => events.push(...more),
      checkpoint: async () => undefined,
    },
  })
  driver.takeUp(new Set())
  await time.run(driver.untilIdle())
  return { run, events, failed: history.failed }
}

describe('a run that failed', () => {
  const graph = graphOf(
    {
      start: { type: 'start' },
      first: { type: 'work' },
      slow: { type: 'work' },
      quick: { type: 'work' },
      shaky: { type: 'work', retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 10 } },
      answer: { type: 'answer', answer: '{{#first.output#}} {{#shaky.output#}} {{#slow.output#}}' },
    },
    ['start -> first', 'first -> shaky', 'first -> slow', 'first -> quick', 'shaky -> answer', 'slow -> answer', 'quick -> answer'],
  )

  it('goes on from the node that failed: what had ended is not executed again, what was cut off is', async () => {
    const time = new VirtualTime()
    const executed: string[] = []
    const registry = createFakeNodes({
      first: () => {
        executed.push('first')
        return { status: 'succeeded', outputs: { output: 'one' } }
      },
      quick: () => {
        executed.push('quick')
        return { status: 'succeeded', outputs: { output: 'quick' } }
      },
      slow: async () => {
        executed.push('slow')
        await time.sleep(1000)
        return { status: 'succeeded', outputs: { output: 'three' } }
      },
      shaky: ({ variables }) => {
        executed.push('shaky')
        const word = variables.get(['first', 'output'])?.value
        return word === 'one'
          ? { status: 'failed', error: 'no', errorType: 'No' }
          : { status: 'succeeded', outputs: { output: word ?? null } }
      },
    })
    const { events, run } = await runGraph(graph, { registry, time })
    expect(run.status).toBe('failed')
    expect(executed).toEqual(['first', 'shaky', 'slow', 'quick', 'shaky'])

    executed.length = 0
    await time.run(time.sleep(60_000))
    const retriedAtMs = time.now()
    const again = await retry(graph, registry, { journal: events, time, given: { 'first.output': 'two' } })
    expect(again.failed?.nodeId).toBe('shaky')
    expect(again.run.status).toBe('succeeded')
    expect(executed.sort()).toEqual(['shaky', 'slow'])
    expect(again.run.outputs['answer']).toBe('two two three')
    const ids = again.events.flatMap((event) => ('executionId' in event ? [event.executionId.slice(0, 31)] : []))
    expect(new Set(ids)).toEqual(new Set([OTHER.slice(0, 31)]))
    expect(again.events.filter(({ type }) => type === 'node-retry')).toEqual([])
    // What is executed again begins when it is; the rest keeps its times.
    const starts = new Map(again.events.flatMap((event) => (event.type === 'node-end' ? [[event.nodeId, event.startedAtMs]] : [])))
    expect([starts.get('shaky'), starts.get('slow')]).toEqual([retriedAtMs, retriedAtMs])
    expect(starts.get('quick')).toBeLessThan(retriedAtMs)
    const told = again.events.flatMap((event) => (event.type === 'node-start' ? [[event.nodeId, event.atMs]] : []))
    expect(Object.fromEntries(told)).toMatchObject(Object.fromEntries(starts))
  })
})

describe('a container that failed', () => {
  const graph = graphOf(
    {
      start: { type: 'start' },
      each: { type: 'repeat', items: [1, 2, 3], parallel: 1, start_node_id: 'inner', output: ['body', 'output'] },
      inner: { type: 'iteration-start', iteration_id: 'each' },
      before: { type: 'work', iteration_id: 'each' },
      body: { type: 'work', iteration_id: 'each' },
      answer: { type: 'answer', answer: '{{#each.output#}}' },
    },
    ['start -> each', 'inner -> before', 'before -> body', 'each -> answer'],
  )

  it('goes on in the round that failed, at the node that failed', async () => {
    const time = new VirtualTime()
    const executed: string[] = []
    let isBroken = true
    const registry = createFakeNodes({
      before: ({ variables }) => {
        executed.push(`before ${variables.get(['each', 'item'])?.value}`)
        return { status: 'succeeded', outputs: { output: 1 } }
      },
      body: ({ variables }) => {
        const item = Number(variables.get(['each', 'item'])?.value)
        executed.push(`body ${item}`)
        return item === 2 && isBroken
          ? { status: 'failed', error: 'no', errorType: 'No' }
          : { status: 'succeeded', outputs: { output: item * 10 } }
      },
    })
    const { events, run } = await runGraph(graph, { registry, time })
    expect(run.status).toBe('failed')
    executed.length = 0
    isBroken = false
    const again = await retry(graph, registry, { journal: events, time })
    expect(again.failed?.nodeId).toBe('body')
    expect(executed).toEqual(['body 2', 'before 3', 'body 3'])
    expect(again.run.status).toBe('succeeded')
    expect(again.run.outputs['answer']).toContain('20')
  })
})
