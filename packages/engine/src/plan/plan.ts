import type { NodeType } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import type { Selector } from '@trellis/variables'

/** Where node types come from. */
export interface NodeRegistry {
  /** The type of that version, or the newest where there is none of it; undefined for an unknown type. */
  find(type: string, version: string): NodeType | undefined
}

/** A compiled graph: checked once, never changed, shared by all runs of its content. Everything is addressed by index. */
export interface Plan {
  readonly scopes: readonly PlanScope[]
  /** The main graph, which belongs to no container. */
  readonly root: PlanScope
  readonly nodesById: ReadonlyMap<string, PlanNode>
}

/** A graph of its own: the main one, or what is inside a container. */
export interface PlanScope {
  readonly index: number
  readonly container: PlanNode | undefined
  readonly nodes: readonly PlanNode[]
  readonly edges: readonly PlanEdge[]
  /** By node: the edges that lead to it. */
  readonly incomingCounts: readonly number[]
  readonly responses: readonly PlanResponse[]
  /** By edge: the responses, by their place, that it holds back. */
  readonly heldBack: readonly (readonly number[])[]
  /** Namespaces to clear before a round that shares the variables around it. */
  readonly namespaces: readonly string[]
}

export interface PlanNode {
  readonly id: string
  /** Place within its scope. */
  readonly index: number
  readonly scope: number
  readonly type: string
  readonly title: string
  readonly node: NodeType
  readonly config: unknown
  readonly data: Dict
  /** Leaves by the edge that its outcome names. */
  readonly isBranch: boolean
  readonly isResponse: boolean
  readonly isRoot: boolean
  /** The scope inside a container. */
  readonly inner: number | undefined
  /** The start of a container's graph, which nobody is told of. */
  readonly isHidden: boolean
  readonly retry: { readonly maxRetries: number; readonly intervalMs: number } | undefined
  readonly errorStrategy: 'fail-branch' | 'default-value' | undefined
  readonly defaults: Readonly<Record<string, Value>>
  /** In the order of the file. */
  readonly out: readonly PlanEdge[]
  readonly incoming: readonly PlanEdge[]
}

export interface PlanEdge {
  readonly id: string
  readonly index: number
  readonly source: number
  readonly target: number
  readonly handle: string
}

/** A response node and when it may begin to show its template (workflow spec 4.7). */
export interface PlanResponse {
  readonly node: PlanNode
  readonly segments: readonly ResponseSegment[]
  /** By edge: whether it must have been taken before what lies behind it counts as reached. */
  readonly isBlocking: readonly boolean[]
}

export type ResponseSegment =
  | { readonly type: 'text'; readonly text: string }
  /** `source`: the node that the selector names, wherever it is; undefined where it names none. */
  | { readonly type: 'variable'; readonly selector: Selector; readonly key: string; readonly source: PlanNode | undefined }

/** A graph that cannot run. */
export class GraphError extends Error {
  readonly nodeId: string | undefined

  constructor(message: string, nodeId?: string) {
    super(message)
    this.name = 'GraphError'
    this.nodeId = nodeId
  }
}
