import type { PauseReason, Submission } from '@trellis/spec'
import type { PlanNode } from '../plan/plan.ts'
import type { ContainerRounds } from './container-rounds.ts'
import type { Frame } from './frame.ts'

/** One execution of a node, from its start to its end, through all its attempts. */
export interface Execution {
  readonly id: string
  readonly node: PlanNode
  readonly frame: Frame
  readonly index: number
  readonly predecessorId: string | null
  readonly startedAtMs: number
  attempt: number
  status: 'executing' | 'waiting' | 'paused' | 'ended'
  /** Of containers. */
  rounds?: ContainerRounds
  /** Outputs of which something has been streamed. */
  streamed?: Set<string>
  pause?: PauseReason
  submission?: Submission
}
