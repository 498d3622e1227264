import type { RunEvent } from '@trellis/contracts'
import { compile, RunDriver, WorkflowRun } from '@trellis/engine'
import { findNodeType } from '@trellis/nodes'
import type { NodeServices, RunFacts } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, VariablePool } from '@trellis/variables'

const facts: RunFacts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: '01980000-0000-7000-8000-000000000000',
  userId: 'user',
  invokeFrom: 'debugger',
  callDepth: 0,
}

export interface WorkflowResult {
  readonly run: WorkflowRun
  readonly events: readonly RunEvent[]
}

/** Runs a graph of real nodes that ask for nothing from outside, one at a time, in one go. `variables` are by `namespace.name`. */
export function runWorkflow(
  nodes: Readonly<Record<string, Dict>>,
  edges: readonly string[],
  variables: Readonly<Record<string, Value | Variable>> = {},
): WorkflowResult {
  const pool = new VariablePool()
  for (const [path, value] of Object.entries(variables)) {
    const [namespace = '', name = ''] = path.split('.')
    pool.set(namespace, name, value instanceof Variable ? value : new Variable(value))
  }
  const graph = {
    nodes: Object.entries(nodes).map(([id, data]) => ({ id, data })),
    edges: edges.map((edge) => {
      const [from = '', target = ''] = edge.split(' -> ')
      const [source = '', sourceHandle = 'source'] = from.split(':')
      return { source, sourceHandle, target }
    }),
  }
  const events: RunEvent[] = []
  const run = new WorkflowRun({
    plan: compile(graph, { find: findNodeType }),
    pool,
    runId: facts.runId,
    limits: { maxSteps: 500, maxTimeMs: 1000 },
    maxConcurrency: 1,
  })
  // Nodes of these tests ask for nothing.
  const services = {} as NodeServices
  const ports = {
    now: () => 0,
    after: () => () => undefined,
    onEvents: (more: readonly RunEvent[]) => events.push(...more),
    checkpoint: async () => undefined,
  }
  new RunDriver({ run, facts, services, ports }).start()
  return { run, events }
}

/** What readers see, a word each; rounds are in brackets. */
export const tell = (events: readonly RunEvent[]): string[] =>
  events.map((event) => {
    switch (event.type) {
      case 'node-start':
        return `${event.nodeId}${roundOf(event)} start`
      case 'node-end':
        return `${event.nodeId}${roundOf(event)} ${event.status}`
      case 'text-delta':
        return `"${event.text}" of ${event.nodeId}`
      case 'variable-update':
        return `${event.selector.join('.')} = ${JSON.stringify(event.value)}`
      case 'container-start':
        return `${event.nodeId} rounds`
      case 'container-round':
        return `${event.nodeId} round ${event.index}`
      case 'container-end':
        return `${event.nodeId} rounds ${event.status}`
      default:
        return event.type
    }
  })

const roundOf = ({ iterationIndex, loopIndex }: Pick<RunEvent & { type: 'node-start' }, 'iterationIndex' | 'loopIndex'>): string => {
  const index = iterationIndex ?? loopIndex
  return index === undefined ? '' : `[${index}]`
}
