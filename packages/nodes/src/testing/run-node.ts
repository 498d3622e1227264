import type { NodeChunk, NodeContext, NodeOutcome, NodeServices, NodeType, RunFacts, Submission } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, VariablePool } from '@trellis/variables'
import { usualLimits } from './usual-limits.ts'

export interface NodeRun {
  readonly outcome: NodeOutcome
  readonly chunks: readonly NodeChunk[]
}

export interface NodeRunOptions {
  /** By `namespace.name`. */
  readonly variables?: Readonly<Record<string, Value | Variable>>
  /** Only what the node asks for; the usual limits where none are given. */
  readonly services?: Partial<NodeServices>
  readonly run?: Partial<RunFacts>
  readonly signal?: AbortSignal
  readonly hasErrorHandling?: boolean
  readonly submission?: Submission
}

const facts: RunFacts = {
  tenantId: 'tenant',
  appId: 'app',
  workflowId: 'workflow',
  runId: 'run',
  userId: 'user',
  invokeFrom: 'debugger',
  callDepth: 0,
}

/** Executes one node as the engine would. @throws ZodError where the data is not the node's */
export async function runNode<Config>(node: NodeType<Config>, data: Dict, options: NodeRunOptions = {}): Promise<NodeRun> {
  const chunks: NodeChunk[] = []
  const context: NodeContext<Config> = {
    nodeId: 'node',
    executionId: 'execution',
    title: 'Node',
    config: node.definition.config.parse(data),
    variables: poolOf(options.variables ?? {}),
    run: { ...facts, ...options.run },
    signal: options.signal ?? new AbortController().signal,
    // A node that asks for a service which the test did not give fails there.
    services: { limits: usualLimits, ...options.services } as NodeServices,
    attempt: 0,
    hasErrorHandling: options.hasErrorHandling ?? false,
    submission: options.submission,
    emit: (chunk) => chunks.push(chunk),
  }
  return { outcome: await node.execute(context), chunks }
}

function poolOf(variables: Readonly<Record<string, Value | Variable>>): VariablePool {
  const pool = new VariablePool()
  for (const [path, value] of Object.entries(variables)) {
    const dot = path.indexOf('.')
    pool.set(path.slice(0, dot), path.slice(dot + 1), value instanceof Variable ? value : new Variable(value))
  }
  return pool
}
