/**
 * A case that both engines run, and what an engine made of it. README.md tells how results are compared.
 *
 * Wherever a value of the run stands (`OracleValue`), a number without a mark is Python's `int`, and `{ $float: "1.0" }` is a `float`,
 * written as Python prints it; both halves decode the mark before the run and put it back into the result.
 */
export type OracleValue = null | boolean | number | string | { readonly $float: string } | readonly OracleValue[] | OracleObject
export interface OracleObject {
  readonly [key: string]: OracleValue
}

interface CaseOfAnyKind {
  readonly id: string
  /** Under the names of the start node's variables, as they are after input preparation. */
  readonly inputs?: OracleObject
  /** System variables by name; `user_id`, `app_id`, `workflow_id`, `workflow_run_id` and an empty `files` are always there. */
  readonly system?: OracleObject
  /** What stands behind the ports, by node id. */
  readonly fakes?: { readonly [nodeId: string]: Fake }
}

/** Runs a graph of its own. */
export interface GraphCase extends CaseOfAnyKind {
  readonly mode: 'workflow' | 'advanced-chat'
  readonly graph: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[] }
  readonly environmentVariables?: readonly DeclaredVariable[]
  readonly conversationVariables?: readonly DeclaredVariable[]
}

/** Runs the graph of an app file. */
export interface AppFileCase extends CaseOfAnyKind {
  /** A path. */
  readonly appFile: string
}

export type OracleCase = GraphCase | AppFileCase

/** As in an app file, without what only the canvas needs. */
export interface GraphNode {
  readonly id: string
  readonly parentId?: string
  readonly data: OracleObject
}
export interface GraphEdge {
  readonly source: string
  /** `source` where it does not say. */
  readonly sourceHandle?: string
  readonly target: string
}
/** As in an app file. */
export interface DeclaredVariable {
  readonly id: string
  readonly name: string
  readonly value_type: string
  readonly value: OracleValue
}

/** Replies are given out one a call, in the order of the calls; the last one is repeated. */
export type Fake = ModelFake | HttpFake | ToolFake
export interface ModelFake {
  /** Dify's names, such as `tool-call`. */
  readonly features?: readonly string[]
  readonly replies: readonly ModelReply[]
}
export interface ModelReply {
  /** Streamed one by one; a call without streaming gets them joined. One more chunk without text ends the stream. */
  readonly chunks?: readonly string[]
  readonly toolCalls?: readonly { readonly name: string; readonly arguments: string }[]
  readonly structuredOutput?: OracleObject
  /** Tokens of the prompt and of the reply; 10 and 5 where it does not say. */
  readonly usage?: readonly [number, number]
  readonly finishReason?: string
  /** Raised after the chunks. The type is the name of one of graphon's exceptions for model calls. */
  readonly error?: { readonly type: string; readonly message: string }
}
export interface HttpFake {
  readonly replies: readonly HttpReply[]
}
export type HttpReply =
  | { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly body?: string }
  | { readonly error: { readonly message: string } }
export interface ToolFake {
  /** The parameters that the tool declares. */
  readonly parameters?: readonly string[]
  readonly replies: readonly ({ readonly messages: readonly ToolMessage[] } | { readonly error: { readonly message: string } })[]
}
export type ToolMessage =
  | { readonly type: 'text' | 'link'; readonly text: string }
  | { readonly type: 'json'; readonly json: OracleValue }
  | { readonly type: 'variable'; readonly name: string; readonly value: OracleValue; readonly stream?: boolean }

/** What is empty, null or zero is left out, except `outputs` and `events`. */
export interface OracleResult {
  readonly id: string
  /** `refused`: the graph could not be built, and nothing ran. */
  readonly status: 'succeeded' | 'partial-succeeded' | 'failed' | 'aborted' | 'paused' | 'refused'
  readonly outputs?: OracleObject
  readonly error?: string
  readonly errorType?: string
  /** Attempts that failed and were dealt with. */
  readonly exceptions?: number
  readonly tokens?: number
  /** Starts of nodes in the root frame. */
  readonly steps?: number
  /** Conversation variables at the end. */
  readonly conversation?: { readonly [name: string]: { readonly type: string; readonly value: OracleValue } }
  /** HTTP requests in their order. */
  readonly requests?: readonly OracleObject[]
  readonly events?: readonly OracleEvent[]
  /** The response filter broke down: what was streamed says nothing. */
  readonly filterFault?: string
}

interface EventOfAnyKind {
  readonly node: string
  /** The innermost container's id and the round's index. */
  readonly iteration?: readonly [string, number | null]
  readonly loop?: readonly [string, number | null]
}
export type OracleEvent = EventOfAnyKind &
  (
    | { readonly event: 'node_started' }
    | ({ readonly event: 'node_succeeded' | 'node_failed' | 'node_exception' } & NodeOutcome)
    | ({ readonly event: 'node_retry'; readonly retry: number } & NodeOutcome)
    | {
        readonly event: 'chunk' | 'reasoning_chunk'
        readonly selector: readonly string[]
        readonly text: string
        readonly final: boolean
      }
    | { readonly event: 'variable_updated'; readonly selector: readonly string[]; readonly type: string; readonly value: OracleValue }
    | { readonly event: 'iteration_next' | 'loop_next'; readonly index: number; readonly previous: OracleValue }
    | {
        readonly event: `${'iteration' | 'loop'}_${'started' | 'succeeded' | 'failed'}`
        readonly inputs?: OracleObject
        readonly outputs?: OracleObject
        readonly metadata?: OracleObject
        readonly steps?: number
        readonly error?: string
      }
  )

interface NodeOutcome {
  readonly inputs?: OracleObject
  readonly processData?: OracleObject
  readonly outputs?: OracleObject
  readonly metadata?: OracleObject
  /** The branch that was taken, where it is not `source`. */
  readonly handle?: string
  readonly error?: string
  readonly errorType?: string
}
