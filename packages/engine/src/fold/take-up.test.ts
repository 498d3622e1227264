import type { RunEvent } from '@trellis/contracts'
import { VariablePool } from '@trellis/variables'
import { expect, it } from 'vitest'
import { compile } from '../plan/compile.ts'
import type { NodeRegistry } from '../plan/plan.ts'
import { WorkflowRun } from '../run/workflow-run.ts'
import { createFakeNodes } from '../testing/fake-nodes.ts'
import { graphOf } from '../testing/run-graph.ts'
import { foldRun } from './fold-run.ts'
import { takeUp } from './take-up.ts'

/** Everything that these nodes do happens outside. */
function external(registry: NodeRegistry): NodeRegistry {
  return {
    find(type, version) {
      const node = registry.find(type, version)
      return node && { ...node, definition: { ...node.definition, effect: () => 'external' } }
    },
  }
}

const plan = compile(
  graphOf(
    { start: { type: 'start' }, post: { type: 'work', retry_config: { retry_enabled: true, max_retries: 1, retry_interval: 100 } } },
    ['start -> post'],
  ),
  external(createFakeNodes()),
)

const begin = () =>
  new WorkflowRun({
    plan,
    pool: new VariablePool(),
    runId: '01980000-0000-7000-8000-000000000000',
    limits: { maxSteps: 500, maxTimeMs: 1e9 },
    maxConcurrency: 10,
  })

/** The journal of a run whose node failed once and is being tried again. */
function journalUntilSecondAttempt(): RunEvent[] {
  const run = begin()
  run.start(0)
  for (const [id, status] of [
    ['start', 'succeeded'],
    ['post', 'failed'],
  ] as const) {
    const execution = run.openExecutions.find(({ node }) => node.id === id)
    const outcome = status === 'failed' ? { status, error: 'busy', errorType: 'Busy' } : { status, outputs: {} }
    run.complete(execution?.id ?? '', outcome, 1)
  }
  for (const { id } of run.openExecutions) run.retryDue(id, 2)
  return [{ type: 'run-start', createdAtMs: 0 }, ...run.takeEvents()]
}

function goOn(journal: readonly RunEvent[]) {
  const run = begin()
  takeUp(run, foldRun(run, journal).begun, 10)
  return { run, effects: run.takeEffects().map(({ type }) => type) }
}

it('repeats no effect whose further attempt had begun', () => {
  const { run, effects } = goOn(journalUntilSecondAttempt())
  expect(effects).toEqual([])
  expect(run.status).toBe('failed')
  expect(run.error).toContain('not repeated')
})

it('tries again what had failed and not begun again', () => {
  const { run, effects } = goOn(journalUntilSecondAttempt().filter(({ type }) => type !== 'node-attempt'))
  expect(effects).toEqual(['wait'])
  expect(run.status).toBe('running')
})
