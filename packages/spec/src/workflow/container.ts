import type { Usage } from '@trellis/contracts'
import type { Dict } from '@trellis/values'
import type { Variable, VariableReader } from '@trellis/variables'
import type { NodeFailure, NodeSuccess } from './node.ts'

/**
 * How the rounds of a container go: pure decisions, asked by the engine, which owns frames, pools and scheduling. One object serves
 * one execution and may keep state; what it answers depends on nothing but what it is told, so that a run can be folded again.
 */
export interface ContainerLogic {
  readonly kind: 'iteration' | 'loop'
  /** The node of the container's graph at which each round begins. */
  readonly startNodeId: string
  /** `forked`: each round has its own copy of the variables; `shared`: all rounds work on those around. */
  readonly pool: 'forked' | 'shared'
  /** Most rounds at a time. */
  readonly concurrency: number
  /** `nodeId` is the container's own namespace. */
  begin(variables: VariableReader, nodeId: string): ContainerBegin
  /** The next thing to do; asked again after each round that it started, and after each that ended. `variables` are those around. */
  next(variables: VariableReader): ContainerStep
  roundEnded(round: EndedRound, variables: VariableReader): void
}

export type ContainerBegin =
  | NodeFailure
  | {
      readonly status: 'begun'
      readonly inputs: Dict
      /** Told when it starts: `iteration_length` or `loop_length`. */
      readonly metadata: Dict
      /** Variables of the container's own namespace, set before the first round. */
      readonly variables?: Readonly<Record<string, Variable>>
    }

export type ContainerStep =
  | {
      readonly type: 'round'
      readonly index: number
      /** Set in the container's namespace of the round's pool. */
      readonly variables: Readonly<Record<string, Variable>>
      /** Whether readers are told that the round begins, and what came before. */
      readonly isAnnounced: boolean
      readonly previousOutput?: Dict
    }
  /** Rounds are under way, and nothing else can begin. */
  | { readonly type: 'wait' }
  | {
      readonly type: 'finish'
      readonly outcome: NodeSuccess | NodeFailure
      /** Rounds, as the completed event tells them. */
      readonly steps: number
      /** Of the completed event alone; what the node's record has too is the outcome's. */
      readonly metadata: Dict
    }

export interface EndedRound {
  readonly index: number
  readonly status: 'succeeded' | 'failed'
  readonly error?: string
  readonly errorType?: string
  /** What the round's nodes saw at its end. */
  readonly variables: VariableReader
  /** A `loop-end` was executed. */
  readonly isBroken: boolean
  readonly durationMs: number
  readonly usage: Usage | undefined
}
