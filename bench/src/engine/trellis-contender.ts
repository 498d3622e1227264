import { compile, type NodeRegistry, type Plan, RunDriver, WorkflowRun } from '../../../packages/engine/src/index.ts'
import { findNodeType } from '../../../packages/nodes/src/index.ts'
import type { NodeServices, RunFacts } from '../../../packages/spec/src/index.ts'
import { Variable, VariablePool } from '../../../packages/variables/src/index.ts'
import type { ContenderRun } from './contender.ts'
import { trellisGraph } from './trellis-graphs.ts'
import { benchNodes } from './trellis-nodes.ts'

const facts: RunFacts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: '01980000-0000-7000-8000-000000000000',
  userId: 'user',
  invokeFrom: 'service-api',
  callDepth: 0,
}

const registry: NodeRegistry = { find: (type, version) => benchNodes.get(type) ?? findNodeType(type, version) }

export function prepare(workload: string): ContenderRun {
  const plan = compile(trellisGraph(workload), registry)
  let told = 0
  return {
    async run() {
      const { events, outputs } = await runOnce(plan)
      told += events
      return Number(outputs['n'])
    },
    events: () => told,
  }
}

async function runOnce(plan: Plan): Promise<{ events: number; outputs: WorkflowRun['outputs'] }> {
  const pool = new VariablePool()
  pool.set('start', 'n', new Variable(0))
  const run = new WorkflowRun({
    plan,
    pool,
    runId: facts.runId,
    limits: { maxSteps: 500, maxTimeMs: 1_200_000 },
    maxConcurrency: 10,
  })
  let events = 0
  const driver = new RunDriver({
    run,
    facts,
    // Nodes of this bench ask for nothing.
    services: {} as NodeServices,
    ports: {
      now: Date.now,
      after(delayMs, callback) {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
      onEvents: (more) => {
        events += more.length
      },
      checkpoint: async () => undefined,
    },
  })
  driver.start()
  await driver.untilIdle()
  if (run.status !== 'succeeded') throw new Error(`the run is ${run.status}: ${run.error}`)
  return { events, outputs: run.outputs }
}
