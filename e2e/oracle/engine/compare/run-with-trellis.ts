import type { RunEvent } from '../../../../packages/contracts/src/index.ts'
import { compile, GraphError, RunDriver, WorkflowRun } from '../../../../packages/engine/src/index.ts'
import { findNodeType } from '../../../../packages/nodes/src/index.ts'
import { usualLimits } from '../../../../packages/nodes/src/testing/usual-limits.ts'
import type { CodeService, NodeContext, NodeServices, NodeType, RunFacts } from '../../../../packages/spec/src/index.ts'
import { declareVariable, Variable, VariablePool, type VariableType } from '../../../../packages/variables/src/index.ts'
import type { DeclaredVariable, GraphCase } from '../case.ts'
import { fakeHttp, type SentRequest } from './fake-http.ts'
import { fakeModels } from './fake-model.ts'
import { fakeTools } from './fake-tools.ts'
import { QuickClock } from './quick-clock.ts'
import { Replies } from './replies.ts'
import { decode, decodeDict } from './values.ts'

const IDS = { user_id: 'user', app_id: 'app', workflow_id: 'workflow', workflow_run_id: 'run' }
const facts: RunFacts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: '01980000-0000-7000-8000-000000000000',
  userId: 'user',
  invokeFrom: 'debugger',
  callDepth: 0,
}

export interface OurRun {
  /** Undefined where the graph was refused. */
  readonly run?: WorkflowRun
  readonly events: readonly RunEvent[]
  readonly requests: readonly SentRequest[]
}

/** Runs a case with our engine and nodes: one node at a time, on a clock of its own, fakes behind the ports. */
export async function runWithTrellis(given: GraphCase, code: CodeService): Promise<OurRun> {
  const events: RunEvent[] = []
  const requests: SentRequest[] = []
  const replies = new Replies(given.fakes)
  // Fakes are by node: a node is given its own, and asks for no more than these.
  const servicesOf = (nodeId: string): NodeServices =>
    ({
      code,
      limits: usualLimits,
      models: fakeModels(replies, nodeId),
      http: fakeHttp(replies, nodeId, requests),
      tools: fakeTools(replies, nodeId),
      memory: { history: async () => [] },
    }) as Partial<NodeServices> as NodeServices
  const plan = compileCase(given, servicesOf)
  if (!plan) return { events, requests }
  const limits = { maxSteps: 500, maxTimeMs: 1e9 }
  const run = new WorkflowRun({ plan, pool: poolOf(given), runId: facts.runId, limits, maxConcurrency: 1 })
  const time = new QuickClock()
  const driver = new RunDriver({
    run,
    facts,
    services: servicesOf(''),
    ports: {
      now: () => time.now(),
      after: (delayMs, callback) => time.after(delayMs, callback),
      onEvents: (more) => events.push(...more),
      checkpoint: async () => undefined,
    },
  })
  driver.start()
  await time.run(driver.untilIdle())
  return { run, events, requests }
}

function compileCase({ graph }: GraphCase, servicesOf: (nodeId: string) => NodeServices) {
  const withFakes = (type: NodeType): NodeType => ({
    ...type,
    execute: (context) => type.execute(withServices(context, servicesOf(context.nodeId))),
  })
  const find = (type: string, version: string): NodeType | undefined => {
    const found = findNodeType(type, version)
    return found && withFakes(found)
  }
  try {
    return compile({ nodes: graph.nodes.map((node) => decodeDict({ ...node })), edges: graph.edges.map((edge) => ({ ...edge })) }, { find })
  } catch (error) {
    if (error instanceof GraphError) return undefined
    throw error
  }
}

const withServices = (context: NodeContext, services: NodeServices): NodeContext => ({
  nodeId: context.nodeId,
  executionId: context.executionId,
  title: context.title,
  config: context.config,
  variables: context.variables,
  run: context.run,
  signal: context.signal,
  services,
  attempt: context.attempt,
  hasErrorHandling: context.hasErrorHandling,
  submission: context.submission,
  emit: (chunk) => context.emit(chunk),
})

function poolOf(given: GraphCase): VariablePool {
  const pool = new VariablePool()
  pool.setAll('sys', { ...IDS, files: [], ...decodeDict(given.system) })
  const start = given.graph.nodes.find(({ data }) => data.type === 'start')
  for (const [name, value] of Object.entries(decodeDict(given.inputs))) pool.set(start?.id ?? '', name, new Variable(value))
  declareAll(pool, 'env', given.environmentVariables)
  declareAll(pool, 'conversation', given.conversationVariables)
  return pool
}

function declareAll(pool: VariablePool, namespace: string, variables: readonly DeclaredVariable[] = []): void {
  // The case names Dify's types.
  for (const { name, value_type, value } of variables) {
    pool.set(namespace, name, declareVariable(value_type as VariableType, decode(value)))
  }
}
