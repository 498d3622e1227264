import type { RunEvent } from '@trellis/contracts'
import type { NodeServices, RunFacts } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, VariablePool } from '@trellis/variables'
import { RunDriver } from '../drive/drive-run.ts'
import { compile } from '../plan/compile.ts'
import type { NodeRegistry } from '../plan/plan.ts'
import { WorkflowRun } from '../run/workflow-run.ts'
import { VirtualTime } from './virtual-time.ts'

export interface GraphRun {
  readonly run: WorkflowRun
  readonly events: readonly RunEvent[]
  readonly time: VirtualTime
  readonly driver: RunDriver
}

export interface GraphRunOptions {
  readonly registry: NodeRegistry
  readonly maxConcurrency?: number
  readonly maxSteps?: number
  readonly variables?: readonly (readonly [namespace: string, name: string, value: Value])[]
  readonly time?: VirtualTime
  readonly maxTimeMs?: number
  readonly rootId?: string
  /** Told of the run before it begins. */
  readonly onRun?: (run: WorkflowRun) => void
  readonly onDriver?: (driver: RunDriver) => void
}

const facts: RunFacts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: '01980000-0000-7000-8000-000000000000',
  userId: 'user',
  invokeFrom: 'debugger',
  callDepth: 0,
}

/** Runs a graph to its end, or to a pause, in virtual time. */
export async function runGraph(graph: Dict, options: GraphRunOptions): Promise<GraphRun> {
  const time = options.time ?? new VirtualTime()
  const pool = new VariablePool()
  for (const [namespace, name, value] of options.variables ?? []) pool.set(namespace, name, new Variable(value))
  const events: RunEvent[] = []
  const run = new WorkflowRun({
    plan: compile(graph, options.registry),
    pool,
    runId: facts.runId,
    limits: { maxSteps: options.maxSteps ?? 500, maxTimeMs: options.maxTimeMs ?? 1_200_000 },
    maxConcurrency: options.maxConcurrency ?? 10,
    ...(options.rootId === undefined ? {} : { rootId: options.rootId }),
  })
  options.onRun?.(run)
  const driver = new RunDriver({
    run,
    facts,
    // Nodes of these tests ask for nothing.
    services: {} as NodeServices,
    ports: {
      now: () => time.now(),
      after: (delayMs, callback) => time.after(delayMs, callback),
      onEvents: (more) => events.push(...more),
      checkpoint: async () => undefined,
    },
  })
  options.onDriver?.(driver)
  driver.start()
  await time.run(driver.untilIdle())
  return { run, events, time, driver }
}

/** The shortest way to write a graph: nodes by id with their data, edges as `a -> b` or `a:handle -> b`. */
export function graphOf(nodes: Readonly<Record<string, Dict>>, edges: readonly string[]): Dict {
  return {
    nodes: Object.entries(nodes).map(([id, data]) => ({ id, data })),
    edges: edges.map((edge) => {
      const [from = '', target = ''] = edge.split(' -> ')
      const [source = '', sourceHandle = 'source'] = from.split(':')
      return { source, sourceHandle, target }
    }),
  }
}

/** The order of what readers see, a word each. */
export const storyOf = (events: readonly RunEvent[]): string[] =>
  events.flatMap((event) => {
    switch (event.type) {
      case 'node-attempt':
        return []
      case 'node-start':
        return `${event.nodeId} start`
      case 'node-end':
        return `${event.nodeId} ${event.status}`
      case 'node-retry':
        return `${event.nodeId} retry ${event.retryIndex}`
      case 'text-delta':
        return `"${event.text}"`
      case 'container-round':
        return `${event.nodeId} round ${event.index}`
      case 'container-start':
        return `${event.nodeId} rounds`
      case 'container-end':
        return `${event.nodeId} rounds ${event.status}`
      default:
        return event.type
    }
  })
