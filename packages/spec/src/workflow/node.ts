import type { Usage } from '@trellis/contracts'
import type { Dict, Value } from '@trellis/values'
import type { Selector, Template, Variable, VariableReader } from '@trellis/variables'
import type { z } from 'zod'
import type { ContainerLogic } from './container.ts'
import type { PauseReason, Submission } from './human-input.ts'
import type { NodeServices } from './services.ts'

/**
 * A node type is a definition, which is pure and says what the node is, and an `execute`, which does its work. Nodes know neither
 * the engine nor each other: scheduling, retries, error strategies, limits and the journal stand outside them.
 */
export interface NodeType<Config = unknown> {
  readonly definition: NodeDefinition<Config>
  /**
   * Does the node's work. A failure of the work is an outcome, never a throw; what is thrown ends the node as `WorkflowNodeError`.
   * A node that needs nothing from outside answers at once, without a promise: the engine then goes on in the same turn.
   */
  execute(context: NodeContext<Config>): NodeOutcome | Promise<NodeOutcome>
}

/**
 * - `root` begins a graph, `response` shows something to the caller (answer, end);
 * - `branch` leaves by the edge that its outcome's `handle` names; all others take every edge;
 * - `container` runs a graph of its own in rounds.
 */
export type ExecutionClass = 'root' | 'response' | 'executable' | 'branch' | 'container'

/** What may be repeated after a crash: everything but `external`, which is told as interrupted instead. */
export type NodeEffect = 'pure' | 'idempotent' | 'external'

export interface NodeDefinition<Config = unknown> {
  /** Dify's `data.type`. */
  readonly type: string
  /** Dify's `data.version`; an unknown one falls back to the newest of its type. */
  readonly version: string
  readonly executionClass: ExecutionClass
  /** Checks and completes a node's `data`; unknown keys pass, what older files wrote is accepted. */
  readonly config: z.ZodType<Config>
  /** Obeys `retry_config`. */
  readonly canRetry: boolean
  effect(config: Config): NodeEffect
  /** Named selectors that the node reads: what a single run must be given (workflow spec 4.13). Names are as in Dify (`#a.b#`, or a variable's). */
  inputs(config: Config): Readonly<Record<string, Selector>>
  /** It takes what is there of those, and does without the rest. */
  readonly toleratesAbsence?: true
  /** What a response node shows while the run goes on (workflow spec 4.7). */
  template?(config: Config): Template
  /** Variables that the node writes outside its own namespace (assigners). */
  assigns?(config: Config): readonly Selector[]
  /** What a new node's `data` begins with in the editor, beside a type and a title. Wishes are those of Dify's editor (`code_language`). */
  defaults?(wishes: Dict): Dict
  /** Models, tools and knowledge that must be there for the node to work. */
  requires?(config: Config): readonly NodeRequirement[]
  /** Of containers: how their rounds go. */
  container?(config: Config): ContainerLogic
}

export type NodeRequirement =
  | { readonly type: 'model'; readonly provider: string; readonly model: string }
  | { readonly type: 'tool'; readonly provider: string; readonly providerType: string; readonly tool: string; readonly plugin?: string }
  | { readonly type: 'agent-strategy'; readonly provider: string; readonly strategy: string; readonly plugin?: string }
  | { readonly type: 'knowledge'; readonly datasetId: string }

/** Who runs what, and for whom. */
export interface RunFacts {
  readonly tenantId: string
  readonly appId: string
  readonly workflowId: string
  readonly runId: string
  /** The end user or the account. */
  readonly userId: string
  /** Dify's word for the surface: `service-api`, `web-app`, `debugger`, `explore`, `published`, `trigger`. */
  readonly invokeFrom: string
  readonly conversationId?: string
  /** The message that this run answers (chatflows). */
  readonly messageId?: string
  /** How many workflows stand above this one. */
  readonly callDepth: number
}

export interface NodeContext<Config = unknown> {
  readonly nodeId: string
  /** Names this execution; the same again after a crash. */
  readonly executionId: string
  readonly title: string
  readonly config: Config
  /** Everything that the node can see, as it is now. */
  readonly variables: VariableReader
  readonly run: RunFacts
  /** Aborts on stop, timeout and shutdown. */
  readonly signal: AbortSignal
  readonly services: NodeServices
  /** Counts from 0; above that, `execute` is called again after a failure. */
  readonly attempt: number
  /** True where a failure would be retried or handled by a strategy. */
  readonly hasErrorHandling: boolean
  /** What people answered to the pause that an earlier call of this execution asked for. */
  readonly submission?: Submission | undefined
  /** Tells something that happens before the outcome. May be handed on by itself. */
  readonly emit: (chunk: NodeChunk) => void
}

export type NodeChunk =
  /** A piece of the output `name`, which is being streamed. */
  | { readonly type: 'text-delta'; readonly name: string; readonly text: string }
  /** The output's stream is whole. Streams that are open when the node succeeds are closed for it. */
  | { readonly type: 'text-end'; readonly name: string }
  | { readonly type: 'reasoning-delta'; readonly text: string; readonly isFinal: boolean }
  | { readonly type: 'retriever-resources'; readonly resources: readonly Dict[] }
  | { readonly type: 'agent-log'; readonly log: AgentLog }

export interface AgentLog {
  readonly id: string
  readonly parentId: string | null
  readonly label: string
  readonly status: 'start' | 'success' | 'error'
  readonly error: string | null
  readonly data: Dict
  readonly metadata: Dict
}

/** What the trace keeps of an execution, however it ended. */
export interface NodeRecord {
  readonly inputs?: Dict
  readonly processData?: Dict
  /** Dify's `execution_metadata`, without the totals that follow from `usage`. */
  readonly metadata?: Dict
  readonly usage?: Usage
}

export interface NodeSuccess extends NodeRecord {
  readonly status: 'succeeded'
  /** A `Variable` where the type cannot be told from the value (an empty list of texts). */
  readonly outputs: Readonly<Record<string, Value | Variable>>
  /** The edge by which a branch leaves. */
  readonly handle?: string
  /** Variables of other namespaces that change with this success. */
  readonly updates?: readonly VariableUpdate[]
  /** The round of the loop around is its last. */
  readonly endsLoop?: boolean
}

export interface NodeFailure extends NodeRecord {
  readonly status: 'failed'
  /** For people: what was wrong and how to mend it. */
  readonly error: string
  /** Dify's exception class, which error branches may compare; may be empty. */
  readonly errorType: string
  /** What there was by then; error strategies discard it. */
  readonly outputs?: Readonly<Record<string, Value | Variable>>
}

export interface NodePause extends NodeRecord {
  readonly status: 'paused'
  readonly reason: PauseReason
}

export type NodeOutcome = NodeSuccess | NodeFailure | NodePause

export interface VariableUpdate {
  readonly selector: Selector
  readonly variable: Variable
}
