import type { RunEvent, Usage } from '@trellis/contracts'
import type { NodeChunk, NodeOutcome, Submission, VariableUpdate } from '@trellis/spec'
import type { Value } from '@trellis/values'
import type { VariablePool } from '@trellis/variables'
import type { Plan } from '../plan/plan.ts'
import { type Execution, toExecutionId } from './execution.ts'
import { Frame, TAKEN } from './frame.ts'
import { nodeLabel, toAttemptEvent, toStartEvent } from './node-events.ts'
import { NodeOutcomes } from './node-outcomes.ts'
import { Rounds } from './rounds.ts'
import { type Effect, type QueuedNode, RunCore, type RunLimits, type RunStatus } from './run-core.ts'
import { WorkTime } from './work-time.ts'

export interface WorkflowRunOptions {
  readonly plan: Plan
  readonly pool: VariablePool
  readonly runId: string
  readonly limits: RunLimits
  /** Most nodes that execute at a time. */
  readonly maxConcurrency: number
  /** The node to begin with; the first root of the graph where absent. */
  readonly rootId?: string
  /** What somebody has changed of the variables that an execution sees, and all after it. */
  readonly amendment?: Amendment
}

export interface Amendment {
  readonly executionId: string
  readonly variables: readonly VariableUpdate[]
}

/**
 * A run of a plan: a state machine that is told what happened and answers with events (for readers and the journal) and effects
 * (for the host). It has no clock, no timers, no promises, and depends on nothing but what it is told: whoever tells the same story
 * again gets the same run. Semantics: workflow spec 4.
 */
export class WorkflowRun {
  readonly runId: string
  readonly pool: VariablePool
  readonly root: Frame
  readonly time = new WorkTime()
  /** Set where a limit ended the run: readers see a failure, records a stop. */
  isLimited = false
  readonly #options: WorkflowRunOptions
  readonly #core: RunCore
  readonly #rounds: Rounds
  readonly #outcomes: NodeOutcomes
  #counter = 0
  /** Nodes begun, those inside containers too, further attempts not: what the limit counts (workflow spec 4.6). */
  #starts = 0

  constructor(options: WorkflowRunOptions) {
    this.#options = options
    this.runId = options.runId
    this.pool = options.pool
    this.root = new Frame({ scope: options.plan.root, pool: options.pool, startedAtMs: 0 })
    this.#core = new RunCore({
      plan: options.plan,
      runId: options.runId,
      settle: (execution, outcome, now) => this.#outcomes.settle(execution, outcome, now),
    })
    this.#rounds = new Rounds(this.#core)
    this.#outcomes = new NodeOutcomes(this.#core, this.#rounds)
  }

  get plan(): Plan {
    return this.#options.plan
  }

  get status(): RunStatus {
    return this.#core.status
  }

  get error(): string | undefined {
    return this.#core.error
  }

  /** Nodes begun outside containers, each attempt counted (workflow spec 4.12). */
  get steps(): number {
    return this.#core.steps
  }

  /** Attempts that failed, also those that were made good. */
  get exceptionsCount(): number {
    return this.#core.exceptionsCount
  }

  /** Outputs of the response nodes so far (workflow spec 4.8). */
  get outputs(): Readonly<Record<string, Value>> {
    return this.root.outputs
  }

  get isOver(): boolean {
    return this.status !== 'ready' && this.status !== 'running' && this.status !== 'paused'
  }

  /** Executions that wait for people. */
  get pausedExecutions(): readonly Execution[] {
    return [...this.#core.executions.values()].filter(({ status }) => status === 'paused')
  }

  /** Executions that began and have not ended. */
  get openExecutions(): readonly Execution[] {
    return [...this.#core.executions.values()]
  }

  /** Of all nodes outside containers; a container counts for what is inside it. */
  get usage(): Usage | undefined {
    return this.root.usage
  }

  findExecution(executionId: string): Execution | undefined {
    return this.#core.executions.get(executionId)
  }

  /** Asks again for what is open: after a fold, when nobody executes it any more. */
  reopen(): void {
    for (const execution of this.#core.executions.values()) {
      if (execution.node.inner !== undefined) continue
      if (execution.status === 'executing') this.#core.effects.push({ type: 'execute', execution })
      else if (execution.status === 'waiting') {
        this.#core.effects.push({ type: 'wait', execution, delayMs: execution.node.retry?.intervalMs ?? 0 })
      }
    }
  }

  takeEvents(): readonly RunEvent[] {
    const events = this.#core.events
    this.#core.events = []
    return events
  }

  takeEffects(): readonly Effect[] {
    const effects = this.#core.effects
    this.#core.effects = []
    return effects
  }

  start(now: number): void {
    this.#core.status = 'running'
    this.time.begin(now)
    const { nodes } = this.plan.root
    const begin =
      this.#options.rootId === undefined ? nodes.find(({ isRoot }) => isRoot) : nodes.find(({ id }) => id === this.#options.rootId)
    if (!begin) {
      this.#core.fail('The workflow has no start: add a start node or a trigger.', now)
      return
    }
    this.#core.openResponses(this.root, begin)
    for (const other of nodes) {
      if (other === begin || !other.isRoot) continue
      for (const node of this.root.leaveOut(other)) this.#core.enqueue(this.root, node, null)
    }
    this.root.nodeState[begin.index] = TAKEN
    this.#core.enqueue(this.root, begin, null)
    this.#pump(now)
  }

  chunk(executionId: string, chunk: NodeChunk): void {
    const execution = this.#core.executions.get(executionId)
    if (execution?.status !== 'executing' || execution.frame.isEnded) return
    const { node, frame } = execution
    switch (chunk.type) {
      case 'text-delta':
        execution.streamed ??= new Set()
        execution.streamed.add(chunk.name)
        frame.responses?.onPiece(`${node.id}.${chunk.name}`, chunk.text)
        return
      case 'text-end':
        frame.responses?.onClosed(`${node.id}.${chunk.name}`)
        return
      case 'reasoning-delta':
        if (frame.responses?.isWaitingFor(node.id)) {
          this.#core.events.push({ type: 'reasoning-delta', text: chunk.text, nodeId: node.id, isFinal: chunk.isFinal })
        }
        return
      case 'retriever-resources':
        this.#core.events.push({ type: 'retriever-resources', ...nodeLabel(execution), resources: [...chunk.resources] })
        return
      case 'agent-log':
        this.#core.events.push({ type: 'agent-log', ...nodeLabel(execution), log: chunk.log })
    }
  }

  complete(executionId: string, outcome: NodeOutcome, now: number): void {
    const execution = this.#core.executions.get(executionId)
    if (execution?.status !== 'executing') return
    this.#core.executing -= execution.node.inner === undefined ? 1 : 0
    this.#outcomes.settle(execution, outcome, now)
    this.#proceed(now)
  }

  /** The pause before a further attempt is over. */
  retryDue(executionId: string, now: number): void {
    const execution = this.#core.executions.get(executionId)
    if (execution?.status !== 'waiting' || this.status !== 'running') return
    this.#core.tryAgain(execution)
    this.#core.events.push(toAttemptEvent(execution, now))
    this.#proceed(now)
  }

  /** Nothing further begins; what executes is no longer waited for. */
  stop(reason: { readonly message: string; readonly isLimit: boolean }, now: number): void {
    if (this.isOver) return
    this.time.goOn(now)
    this.isLimited = reason.isLimit
    this.#core.error = reason.message
    this.#core.end('stopped', now)
  }

  /** Goes on after a pause with what people answered, by execution. Whoever has no answer goes on waiting. */
  resume(submissions: ReadonlyMap<string, Submission>, now: number): void {
    if (this.status !== 'paused') return
    this.time.goOn(now)
    this.#core.status = 'running'
    this.#core.isDraining = false
    for (const execution of this.pausedExecutions) {
      const submission = submissions.get(execution.id)
      if (!submission) continue
      this.#core.paused -= 1
      execution.submission = submission
      this.#core.execute(execution)
    }
    this.#proceed(now)
  }

  /** Starts what is ready, in order, as far as there is room. */
  #pump(now: number): void {
    const core = this.#core
    while (core.status === 'running' && !core.isDraining && core.executing < this.#options.maxConcurrency) {
      const next = core.queue.shift()
      if (!next) return
      if (next.frame.isEnded) continue
      if ('container' in next) this.#rounds.resume(next.container, now)
      else this.#begin(next, now)
      // Containers of nothing but containers go on without an outcome from outside.
      if ('container' in next || next.node.inner !== undefined) this.#checkLimits(now)
    }
  }

  #begin({ frame, node, predecessorId }: QueuedNode, now: number): void {
    this.#counter += 1
    if (!node.isHidden) this.#starts += 1
    const execution: Execution = {
      id: toExecutionId(this.runId, this.#counter),
      node,
      frame,
      index: this.#starts,
      predecessorId,
      startedAtMs: now,
      attempt: 0,
      status: 'executing',
    }
    if (node.isHidden) {
      this.#outcomes.settle(execution, { status: 'succeeded', outputs: {} }, now)
      return
    }
    const { amendment } = this.#options
    if (amendment?.executionId === execution.id) amend(frame.pool, amendment)
    this.#core.executions.set(execution.id, execution)
    this.#core.countStep(execution)
    this.#core.events.push(toStartEvent(execution))
    if (node.inner === undefined) this.#core.execute(execution)
    else this.#rounds.begin(execution, now)
  }

  /** After anything that happened: the limits, what is ready, and whether the run is over. */
  #proceed(now: number): void {
    const core = this.#core
    this.#checkLimits(now)
    this.#pump(now)
    if (core.status !== 'running') return
    if (this.root.active === 0) core.end(core.exceptionsCount > 0 ? 'partial-succeeded' : 'succeeded', now)
    else if (core.paused > 0 && core.executing === 0) {
      core.status = 'paused'
      this.time.pause(now)
    }
  }

  #checkLimits(now: number): void {
    if (this.#core.status !== 'running') return
    const { maxSteps, maxTimeMs } = this.#options.limits
    // Retries are no further starts; what is inside containers counts (workflow spec 4.6).
    if (this.#starts > maxSteps) {
      const message = `The run took ${this.#starts} steps; at most ${maxSteps} are allowed (WORKFLOW_MAX_EXECUTION_STEPS raises that).`
      this.stop({ message, isLimit: true }, now)
    } else if (this.time.elapsedMs(now) > maxTimeMs) {
      const message = `The run took longer than ${maxTimeMs / 1000} seconds (WORKFLOW_MAX_EXECUTION_TIME raises that).`
      this.stop({ message, isLimit: true }, now)
    }
  }
}

function amend(pool: VariablePool, { variables }: Amendment): void {
  for (const { selector, variable } of variables) pool.set(selector[0] ?? '', selector[1] ?? '', variable)
}
