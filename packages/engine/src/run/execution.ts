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
  /** Set again where a journal knows better than whoever folds it. */
  startedAtMs: number
  attempt: number
  status: 'executing' | 'waiting' | 'paused' | 'ended'
  /** Of containers. */
  rounds?: ContainerRounds
  /** Outputs of which something has been streamed. */
  streamed?: Set<string>
  pause?: PauseReason
  submission?: Submission
}

/** A run's name without what makes room for a number. */
const PREFIX_LENGTH = 31

/** Executions are named after the run and in their order, so that each has the same name whenever the run is folded. */
export const toExecutionId = (runId: string, number: number): string => runId.slice(0, PREFIX_LENGTH) + number.toString(16).padStart(5, '0')

export const numberOf = (executionId: string): number => Number.parseInt(executionId.slice(PREFIX_LENGTH), 16)
