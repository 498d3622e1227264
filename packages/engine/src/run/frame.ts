import type { Usage } from '@trellis/contracts'
import type { Value } from '@trellis/values'
import type { VariablePool } from '@trellis/variables'
import type { PlanEdge, PlanNode, PlanScope } from '../plan/plan.ts'
import type { Execution } from './execution.ts'
import type { ResponseStream } from './response-stream.ts'

/** What is known of a node, or of an edge: `taken` nodes have been queued, edges are told when their source ends. */
const UNKNOWN = 0
export const TAKEN = 1
export const SKIPPED = 2

/** The container rounds that a frame stands in, as events tell them. */
export interface FrameLabels {
  readonly iterationId?: string
  readonly iterationIndex?: number
  readonly loopId?: string
  readonly loopIndex?: number
}

/** One execution of a scope: the run itself, or one round of a container. */
export class Frame {
  readonly scope: PlanScope
  readonly pool: VariablePool
  readonly parent: Frame | undefined
  /** The container's execution, and the round that this is. */
  readonly container: Execution | undefined
  readonly round: number
  readonly labels: FrameLabels
  startedAtMs: number
  readonly nodeState: number[]
  readonly edgeState: number[]
  /** Nodes queued, executing, waiting or paused. */
  active = 0
  isEnded = false
  isBroken = false
  usage: Usage | undefined
  outputs: Record<string, Value> = {}
  responses: ResponseStream | undefined
  readonly #unresolved: number[]
  readonly #isTakenInto: boolean[]

  constructor(options: {
    readonly scope: PlanScope
    readonly pool: VariablePool
    readonly parent?: Frame
    readonly container?: Execution
    readonly round?: number
    readonly labels?: FrameLabels
    readonly startedAtMs: number
  }) {
    this.scope = options.scope
    this.pool = options.pool
    this.parent = options.parent
    this.container = options.container
    this.round = options.round ?? 0
    this.labels = options.labels ?? {}
    this.startedAtMs = options.startedAtMs
    const { nodes, edges, incomingCounts } = options.scope
    // Plain arrays: a round of a container makes a frame, and small typed arrays cost many times as much to make.
    this.nodeState = new Array(nodes.length).fill(UNKNOWN)
    this.edgeState = new Array(edges.length).fill(UNKNOWN)
    this.#isTakenInto = new Array(nodes.length).fill(false)
    this.#unresolved = incomingCounts.slice()
  }

  /**
   * Takes and skips the edges behind a node that ended. Skips come first and spread; a join that they complete is as ready as one
   * that the taken edges complete (workflow spec 4.3). Returns the nodes that became ready, in order.
   */
  follow(node: PlanNode, handle: string | undefined): readonly PlanNode[] {
    const ready: PlanNode[] = []
    if (handle !== undefined) for (const edge of node.out) if (edge.handle !== handle) this.#skip(edge, ready)
    for (const edge of node.out) {
      if (handle !== undefined && edge.handle !== handle) continue
      this.edgeState[edge.index] = TAKEN
      this.responses?.onEdgeTaken(edge)
      this.#isTakenInto[edge.target] = true
      this.#resolve(edge, ready)
    }
    return ready
  }

  /** Leaves out a node and all that only it leads to: a root that this run does not begin with. */
  leaveOut(node: PlanNode): readonly PlanNode[] {
    const ready: PlanNode[] = []
    this.nodeState[node.index] = SKIPPED
    for (const edge of node.out) this.#skip(edge, ready)
    return ready
  }

  #skip(first: PlanEdge, ready: PlanNode[]): void {
    const pending = [first]
    for (let edge = pending.pop(); edge; edge = pending.pop()) {
      this.edgeState[edge.index] = SKIPPED
      const skipped = this.#resolve(edge, ready)
      if (skipped) pending.push(...skipped.out.toReversed())
    }
  }

  /** One edge into a node is known now. Returns the node where that settles that it is skipped. */
  #resolve(edge: PlanEdge, ready: PlanNode[]): PlanNode | undefined {
    const place = edge.target
    const left = (this.#unresolved[place] ?? 0) - 1
    this.#unresolved[place] = left
    const target = this.scope.nodes[place]
    if (left > 0 || !target || this.nodeState[place] !== UNKNOWN) return undefined
    if (this.#isTakenInto[place]) {
      this.nodeState[place] = TAKEN
      ready.push(target)
      return undefined
    }
    this.nodeState[place] = SKIPPED
    return target
  }
}
