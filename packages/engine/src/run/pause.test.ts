import type { NodeOutcome, NodePause } from '@trellis/spec'
import { expect, it } from 'vitest'
import { createFakeNodes, type Work } from '../testing/fake-nodes.ts'
import { graphOf, runGraph, storyOf } from '../testing/run-graph.ts'

const pause: NodePause = {
  status: 'paused',
  reason: {
    type: 'human-input',
    formContent: 'Well?',
    inputs: [],
    actions: [],
    resolvedDefaults: {},
    timeoutMs: 1000,
    deliveryMethods: [],
  },
}

/** Asks somebody, and goes on with what was answered. */
const ask: Work[string] = ({ submission }): NodeOutcome =>
  submission?.type === 'submitted' ? { status: 'succeeded', outputs: { output: submission.actionId } } : pause

const nodes = {
  start: { type: 'start' },
  one: { type: 'work' },
  two: { type: 'work' },
  busy: { type: 'work' },
  after: { type: 'work' },
  end: { type: 'end', outputs: { one: ['one', 'output'], two: ['two', 'output'], after: ['after', 'output'] } },
}
const edges = ['start -> one', 'start -> two', 'start -> busy', 'busy -> after', 'one -> end', 'two -> end', 'after -> end']

const begin = () => runGraph(graphOf(nodes, edges), { registry: createFakeNodes({ one: ask, two: ask }) })
const answer = (actionId: string) => ({ type: 'submitted', actionId, values: {} }) as const

it('4.9 pauses when what runs has ended; what became ready meanwhile waits', async () => {
  const { run, events } = await begin()
  expect(run.status).toBe('paused')
  expect(run.pausedExecutions.map(({ node }) => node.id)).toEqual(['one', 'two'])
  expect(storyOf(events)).toContain('busy succeeded')
  expect(storyOf(events)).not.toContain('after start')
})

it('4.9 goes on with each answer, and joins when all forms are answered', async () => {
  const { run, events, driver } = await begin()
  const [one, two] = run.pausedExecutions.map(({ id }) => id)
  driver.resume(new Map([[two ?? '', answer('yes')]]))
  expect(run.status).toBe('paused')
  expect(storyOf(events)).toContain('after succeeded')
  expect(storyOf(events)).not.toContain('end start')
  driver.resume(new Map([[one ?? '', answer('no')]]))
  expect(run.status).toBe('succeeded')
  expect(run.outputs).toEqual({ one: 'no', two: 'yes', after: 'after' })
  expect(storyOf(events).filter((line) => line === 'one start')).toHaveLength(1)
})

it('4.9 may be stopped while it is paused', async () => {
  const { run, driver } = await begin()
  driver.stop('Enough.')
  expect(run).toMatchObject({ status: 'stopped', error: 'Enough.' })
  expect(run.openExecutions).toEqual([])
})

it('4.9 pauses inside rounds too, and goes on there', async () => {
  const { run, driver } = await runGraph(
    graphOf(
      {
        start: { type: 'start' },
        each: { type: 'repeat', items: [1, 2], parallel: 2, start_node_id: 'inner', output: ['form', 'output'] },
        inner: { type: 'iteration-start', iteration_id: 'each' },
        form: { type: 'work', iteration_id: 'each' },
        end: { type: 'end', outputs: { out: ['each', 'output'] } },
      },
      ['start -> each', 'inner -> form', 'each -> end'],
    ),
    { registry: createFakeNodes({ form: ask }) },
  )
  for (const action of ['first', 'second']) {
    expect(run.status).toBe('paused')
    const [waiting] = run.pausedExecutions
    driver.resume(new Map([[waiting?.id ?? '', answer(action)]]))
  }
  expect(run.outputs).toEqual({ out: ['first', 'second'] })
})

it('goes on where the round that waits for somebody fails', async () => {
  const { run } = await runGraph(
    graphOf(
      {
        start: { type: 'start' },
        each: {
          type: 'repeat',
          items: [1],
          parallel: 1,
          start_node_id: 'inner',
          output: ['form', 'output'],
          error_strategy: 'default-value',
        },
        inner: { type: 'iteration-start', iteration_id: 'each' },
        form: { type: 'work', iteration_id: 'each' },
        bad: { type: 'work', iteration_id: 'each' },
        after: { type: 'work' },
      },
      ['start -> each', 'inner -> form', 'inner -> bad', 'each -> after'],
    ),
    { registry: createFakeNodes({ form: ask, bad: () => ({ status: 'failed', error: 'it broke', errorType: '' }) }) },
  )
  expect(run.status).toBe('partial-succeeded')
})
