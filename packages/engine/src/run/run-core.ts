import type { RunEvent } from '@trellis/contracts'
import type { NodeOutcome } from '@trellis/spec'
import type { Plan, PlanNode } from '../plan/plan.ts'
import type { Execution } from './execution.ts'
import type { Frame } from './frame.ts'
import { toEndEvent } from './node-events.ts'
import { ResponseStream } from './response-stream.ts'

export interface RunLimits {
  readonly maxSteps: number
  readonly maxTimeMs: number
}

/** What the host is asked to do; its result comes back by `complete`, `retryDue` and so on. */
export type Effect =
  | { readonly type: 'execute'; readonly execution: Execution }
  | { readonly type: 'wait'; readonly execution: Execution; readonly delayMs: number }
  /** Nobody waits for the outcome any more. */
  | { readonly type: 'cancel'; readonly execution: Execution }

export type RunStatus = 'ready' | 'running' | 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped' | 'paused'

/** A container that may start further rounds: it takes its turn behind what was ready before, as a node would. */
export interface QueuedContainer {
  readonly frame: Frame
  readonly container: Execution
}

/** What remains to be begun. */
export interface QueuedNode {
  readonly frame: Frame
  readonly node: PlanNode
  readonly predecessorId: string | null
}

/** What the parts of a run share: its state, and the step by which one part leads to another. */
export class RunCore {
  readonly plan: Plan
  readonly runId: string
  readonly executions = new Map<string, Execution>()
  readonly settle: (execution: Execution, outcome: NodeOutcome, now: number) => void
  status: RunStatus = 'ready'
  error: string | undefined
  steps = 0
  exceptionsCount = 0
  /** Executions that take one of the places, between their attempts too; containers take none. */
  executing = 0
  /** Executions that wait for people. */
  paused = 0
  /** Somebody must be waited for: what executes comes to its end, nothing new begins. */
  isDraining = false
  queue: (QueuedNode | QueuedContainer)[] = []
  events: RunEvent[] = []
  effects: Effect[] = []

  constructor(options: {
    readonly plan: Plan
    readonly runId: string
    readonly settle: RunCore['settle']
  }) {
    this.plan = options.plan
    this.runId = options.runId
    this.settle = options.settle
  }

  enqueue(frame: Frame, node: PlanNode, predecessorId: string | null): void {
    frame.active += 1
    this.queue.push({ frame, node, predecessorId })
  }

  execute(execution: Execution): void {
    execution.status = 'executing'
    this.executing += 1
    this.effects.push({ type: 'execute', execution })
  }

  /** Between two attempts: the place is kept, so that no more go on at a time than allowed when the next one begins. */
  holdPlace(execution: Execution): void {
    execution.status = 'waiting'
    this.executing += 1
    this.countStep(execution)
  }

  /** The next attempt, in the place that was held. */
  tryAgain(execution: Execution): void {
    execution.status = 'executing'
    this.effects.push({ type: 'execute', execution })
  }

  /** Steps are counted outside containers: what is inside one counts there (workflow spec 4.12). */
  countStep({ frame }: Execution): void {
    if (!frame.parent) this.steps += 1
  }

  /** Nobody waits any more for an execution that was paused. */
  leavePause(): void {
    this.paused -= 1
    if (this.paused === 0) this.isDraining = false
  }

  forget(execution: Execution): void {
    execution.status = 'ended'
    this.executions.delete(execution.id)
  }

  fail(error: string, now: number): void {
    this.error = error
    this.end('failed', now)
  }

  /** Ends the run. What has not ended by itself is cut off. */
  end(status: 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped', now: number): void {
    this.status = status
    this.queue = []
    for (const execution of this.executions.values()) {
      if (execution.status === 'executing') this.effects.push({ type: 'cancel', execution })
      execution.status = 'ended'
      const error = this.error ?? 'The run was stopped.'
      this.events.push(toEndEvent(execution, { status: status === 'failed' ? 'failed' : 'stopped', error, errorType: '' }, now))
    }
    this.executions.clear()
    this.executing = 0
  }

  /** Watches a frame for what its response nodes may show. */
  openResponses(frame: Frame, root: PlanNode): void {
    if (frame.scope.responses.length === 0) return
    const { iterationId, loopId } = frame.labels
    frame.responses = new ResponseStream(frame, root, ({ text, selector, node }) =>
      this.events.push({
        type: 'text-delta',
        text,
        from: [...selector],
        nodeId: node.id,
        ...(iterationId === undefined ? {} : { iterationId }),
        ...(loopId === undefined ? {} : { loopId }),
      }),
    )
    frame.responses.flush()
  }
}
