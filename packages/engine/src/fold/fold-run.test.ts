import type { RunEvent } from '@trellis/contracts'
import type { NodeServices, RunFacts } from '@trellis/spec'
import { VariablePool } from '@trellis/variables'
import { describe, expect, it } from 'vitest'
import { RunDriver } from '../drive/drive-run.ts'
import { compile } from '../plan/compile.ts'
import { WorkflowRun } from '../run/workflow-run.ts'
import { createFakeNodes } from '../testing/fake-nodes.ts'
import { graphOf, runGraph } from '../testing/run-graph.ts'
import { VirtualTime } from '../testing/virtual-time.ts'
import { foldRun } from './fold-run.ts'

const graph = graphOf(
  {
    start: { type: 'start' },
    llm: { type: 'work', retry_config: { retry_enabled: true, max_retries: 2, retry_interval: 100 } },
    each: { type: 'repeat', items: [1, 2, 3], parallel: 2, start_node_id: 'inner', output: ['body', 'output'] },
    inner: { type: 'iteration-start', iteration_id: 'each' },
    body: { type: 'work', iteration_id: 'each' },
    bad: { type: 'work', error_strategy: 'default-value', default_value: [{ key: 'output', type: 'string', value: 'instead' }] },
    answer: { type: 'answer', answer: '{{#llm.text#}} and {{#each.output#}} and {{#bad.output#}}' },
  },
  ['start -> llm', 'start -> each', 'start -> bad', 'llm -> answer', 'each -> answer', 'bad -> answer', 'inner -> body'],
)

/** Nodes whose answers depend on their place alone, so that a second life gives the same. */
function nodes(time: VirtualTime) {
  let failures = 0
  return createFakeNodes({
    llm: async (context) => {
      await time.sleep(50)
      if (failures++ === 0 && context.attempt === 0) return { status: 'failed', error: 'busy', errorType: 'Busy' }
      for (const text of ['Hello', ' world']) context.emit({ type: 'text-delta', name: 'text', text })
      return { status: 'succeeded', outputs: { text: 'Hello world' } }
    },
    body: async ({ variables }) => {
      const item = Number(variables.get(['each', 'item'])?.value)
      await time.sleep(10 * item)
      return { status: 'succeeded', outputs: { output: item * 10 } }
    },
    bad: () => ({ status: 'failed', error: 'no', errorType: 'No' }),
  })
}

async function goOn(journal: readonly RunEvent[]) {
  const time = new VirtualTime()
  const run = new WorkflowRun({
    plan: compile(graph, nodes(time)),
    pool: new VariablePool(),
    runId: '01980000-0000-7000-8000-000000000000',
    limits: { maxSteps: 500, maxTimeMs: 1e9 },
    maxConcurrency: 10,
  })
  const folded = foldRun(run, journal)
  const events: RunEvent[] = [...folded.missing]
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
  if (driver.isUnderWay) {
    driver.takeUp(folded.begun)
    await time.run(driver.untilIdle())
  }
  const text = events.reduce((sum, event) => (event.type === 'text-delta' ? sum + event.text : sum), folded.text)
  return { run, text, events }
}

describe('a run that is taken up', () => {
  it('comes to the same end whatever part of its journal was left', async () => {
    const time = new VirtualTime()
    const whole = await runGraph(graph, { registry: nodes(time), time })
    const journal: RunEvent[] = [{ type: 'run-start', createdAtMs: 0 }, ...whole.events]
    const answer = 'Hello world and - 10\n- 20\n- 30 and instead'
    expect(whole.run).toMatchObject({ status: 'partial-succeeded', exceptionsCount: 2, outputs: { answer } })
    for (let length = 1; length <= journal.length; length++) {
      const { run, text, events } = await goOn(journal.slice(0, length))
      expect([length, run.status, run.outputs['answer'], text]).toEqual([length, 'partial-succeeded', answer, answer])
      const ends = [...journal.slice(0, length), ...events].flatMap((event) => (event.type === 'node-end' ? [event.executionId] : []))
      expect(new Set(ends).size, `each execution ends once, after ${length} events`).toBe(ends.length)
    }
  })
})
