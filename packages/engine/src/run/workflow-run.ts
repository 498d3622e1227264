import type { NodeEndEvent, RunEvent } from '@trellis/contracts'
import type { ContainerLogic, NodeChunk, NodeFailure, NodeOutcome, NodePause, NodeSuccess, PauseReason, Submission } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, type VariablePool } from '@trellis/variables'
import type { Plan, PlanNode } from '../plan/plan.ts'
import { ContainerRounds } from './container-rounds.ts'
import { Frame, TAKEN } from './frame.ts'
import { nodeLabel, toEndEvent, toRetryEvent, toStartEvent } from './node-events.ts'
import { ResponseStream } from './response-stream.ts'
import { addUsage } from './usage.ts'

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

export interface RunLimits {
  readonly maxSteps: number
  readonly maxTimeMs: number
}

export interface WorkflowRunOptions {
  readonly plan: Plan
  readonly pool: VariablePool
  readonly runId: string
  readonly limits: RunLimits
  /** Most nodes that execute at a time. */
  readonly maxConcurrency: number
  /** The node to begin with; the first root of the graph where absent. */
  readonly rootId?: string
}

/** What the host is asked to do; its result comes back by `complete`, `retryDue` and so on. */
export type Effect =
  | { readonly type: 'execute'; readonly execution: Execution }
  | { readonly type: 'wait'; readonly execution: Execution; readonly delayMs: number }
  /** Nobody waits for the outcome any more. */
  | { readonly type: 'cancel'; readonly execution: Execution }

export type RunStatus = 'ready' | 'running' | 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped' | 'paused'

/**
 * A run of a plan: a state machine that is told what happened and answers with events (for readers and the journal) and effects
 * (for the host). It has no clock, no timers, no promises, and depends on nothing but what it is told: whoever tells the same story
 * again gets the same run. Semantics: workflow spec 4.
 */
export class WorkflowRun {
  readonly plan: Plan
  readonly runId: string
  readonly pool: VariablePool
  status: RunStatus = 'ready'
  error: string | undefined
  /** Set where a limit ended the run: readers see a failure, records a stop. */
  isLimited = false
  steps = 0
  exceptionsCount = 0
  startedAtMs = 0
  readonly root: Frame
  readonly #options: WorkflowRunOptions
  readonly #executions = new Map<string, Execution>()
  #queue: { readonly frame: Frame; readonly node: PlanNode; readonly predecessorId: string | null }[] = []
  #events: RunEvent[] = []
  #effects: Effect[] = []
  #executing = 0
  #paused = 0
  /** Somebody must be waited for: what executes comes to its end, nothing new begins. */
  #isDraining = false
  #counter = 0
  #starts = 0

  constructor(options: WorkflowRunOptions) {
    this.#options = options
    this.plan = options.plan
    this.runId = options.runId
    this.pool = options.pool
    this.root = new Frame({ scope: options.plan.root, pool: options.pool, startedAtMs: 0 })
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
    return [...this.#executions.values()].filter(({ status }) => status === 'paused')
  }

  /** Executions that began and have not ended. */
  get openExecutions(): readonly Execution[] {
    return [...this.#executions.values()]
  }

  takeEvents(): readonly RunEvent[] {
    const events = this.#events
    this.#events = []
    return events
  }

  takeEffects(): readonly Effect[] {
    const effects = this.#effects
    this.#effects = []
    return effects
  }

  start(now: number): void {
    this.status = 'running'
    this.startedAtMs = now
    const { nodes } = this.plan.root
    const begin =
      this.#options.rootId === undefined ? nodes.find(({ isRoot }) => isRoot) : nodes.find(({ id }) => id === this.#options.rootId)
    if (!begin) return this.#fail('The workflow has no start: add a start node or a trigger.')
    this.#openResponses(this.root, begin)
    for (const other of nodes) {
      if (other === begin || !other.isRoot) continue
      for (const node of this.root.leaveOut(other)) this.#enqueue(this.root, node, null)
    }
    this.root.nodeState[begin.index] = TAKEN
    this.#enqueue(this.root, begin, null)
    this.#pump(now)
  }

  chunk(executionId: string, chunk: NodeChunk): void {
    const execution = this.#executions.get(executionId)
    if (!execution || execution.status !== 'executing' || execution.frame.isEnded) return
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
          this.#events.push({ type: 'reasoning-delta', text: chunk.text, nodeId: node.id, isFinal: chunk.isFinal })
        }
        return
      case 'retriever-resources':
        this.#events.push({ type: 'retriever-resources', ...nodeLabel(execution), resources: [...chunk.resources] })
        return
      case 'agent-log':
        this.#events.push({ type: 'agent-log', ...nodeLabel(execution), log: chunk.log })
    }
  }

  complete(executionId: string, outcome: NodeOutcome, now: number): void {
    const execution = this.#executions.get(executionId)
    if (!execution || execution.status !== 'executing') return
    this.#executing -= execution.node.inner === undefined ? 1 : 0
    this.#settle(execution, outcome, now)
    this.#proceed(now)
  }

  /** The pause before a further attempt is over. */
  retryDue(executionId: string, now: number): void {
    const execution = this.#executions.get(executionId)
    if (!execution || execution.status !== 'waiting' || this.status !== 'running') return
    this.#execute(execution, now)
    this.#proceed(now)
  }

  /** Nothing further begins; what executes is no longer waited for. */
  stop(reason: { readonly message: string; readonly isLimit: boolean }, now: number): void {
    if (this.isOver) return
    this.isLimited = reason.isLimit
    this.error = reason.message
    this.#end('stopped', now)
  }

  /** Goes on after a pause with what people answered, by execution. Whoever has no answer goes on waiting. */
  resume(submissions: ReadonlyMap<string, Submission>, now: number): void {
    if (this.status !== 'paused') return
    this.status = 'running'
    this.#isDraining = false
    for (const execution of this.pausedExecutions) {
      const submission = submissions.get(execution.id)
      if (!submission) continue
      this.#paused -= 1
      execution.submission = submission
      this.#execute(execution, now)
    }
    this.#proceed(now)
  }

  // --- scheduling

  #enqueue(frame: Frame, node: PlanNode, predecessorId: string | null): void {
    frame.active += 1
    this.#queue.push({ frame, node, predecessorId })
  }

  /** Starts what is ready, in order, as far as there is room. */
  #pump(now: number): void {
    while (this.status === 'running' && !this.#isDraining && this.#executing < this.#options.maxConcurrency) {
      const next = this.#queue.shift()
      if (!next) return
      if (!next.frame.isEnded) this.#begin(next.frame, next.node, next.predecessorId, now)
    }
  }

  #begin(frame: Frame, node: PlanNode, predecessorId: string | null, now: number): void {
    this.#counter += 1
    const execution: Execution = {
      id: toExecutionId(this.runId, this.#counter),
      node,
      frame,
      index: node.isHidden ? 0 : ++this.#starts,
      predecessorId,
      startedAtMs: now,
      attempt: 0,
      status: 'executing',
    }
    this.#executions.set(execution.id, execution)
    if (node.isHidden) return this.#succeed(execution, { status: 'succeeded', outputs: {} }, now)
    this.steps += 1
    this.#events.push(toStartEvent(execution))
    if (node.inner === undefined) this.#execute(execution, now)
    else this.#beginRounds(execution, now)
  }

  #execute(execution: Execution, _now: number): void {
    execution.status = 'executing'
    this.#executing += 1
    this.#effects.push({ type: 'execute', execution })
  }

  /** After anything that happened: limits, rounds that are over, what is ready, and whether the run is over. */
  #proceed(now: number): void {
    this.#checkLimits(now)
    this.#pump(now)
    if (this.status !== 'running') return
    if (this.root.active === 0) this.#end(this.exceptionsCount > 0 ? 'partial-succeeded' : 'succeeded', now)
    else if (this.#paused > 0 && this.#executing === 0 && !this.#hasWaiting()) this.status = 'paused'
  }

  #hasWaiting(): boolean {
    for (const { status } of this.#executions.values()) if (status === 'waiting') return true
    return false
  }

  #checkLimits(now: number): void {
    if (this.status !== 'running') return
    const { maxSteps, maxTimeMs } = this.#options.limits
    if (this.steps > maxSteps) {
      const message = `The run took ${this.steps} steps; at most ${maxSteps} are allowed (WORKFLOW_MAX_EXECUTION_STEPS raises that).`
      this.stop({ message, isLimit: true }, now)
    } else if (now - this.startedAtMs > maxTimeMs) {
      const message = `The run took longer than ${maxTimeMs / 1000} seconds (WORKFLOW_MAX_EXECUTION_TIME raises that).`
      this.stop({ message, isLimit: true }, now)
    }
  }

  #end(status: 'succeeded' | 'partial-succeeded' | 'failed' | 'stopped', now: number): void {
    this.status = status
    this.#queue = []
    for (const execution of this.#executions.values()) {
      if (execution.status === 'executing') this.#effects.push({ type: 'cancel', execution })
      execution.status = 'ended'
      this.#events.push(this.#cutOff(execution, status === 'failed' ? 'failed' : 'stopped', now))
    }
    this.#executions.clear()
    this.#executing = 0
  }

  /** The end of an execution that the run's end overtook. */
  #cutOff(execution: Execution, status: 'failed' | 'stopped', now: number): NodeEndEvent {
    return toEndEvent(execution, { status, error: this.error ?? 'The run was stopped.', errorType: '' }, now)
  }

  #fail(error: string, now = this.startedAtMs): void {
    this.error = error
    this.#end('failed', now)
  }

  // --- outcomes of nodes

  #settle(execution: Execution, outcome: NodeOutcome, now: number): void {
    if (outcome.status === 'succeeded') this.#succeed(execution, outcome, now)
    else if (outcome.status === 'failed') this.#fault(execution, outcome, now)
    else this.#pause(execution, outcome, now)
  }

  #succeed(execution: Execution, outcome: NodeSuccess, now: number): void {
    const { node, frame } = execution
    if (node.isBranch && outcome.handle === undefined && node.errorStrategy === undefined) {
      const error = `Node "${node.title || node.id}" chose no branch.`
      return this.#fault(execution, { ...outcome, status: 'failed', error, errorType: 'WorkflowNodeError' }, now)
    }
    this.#closeStreams(execution)
    frame.usage = addUsage(frame.usage, outcome.usage)
    frame.pool.setAll(node.id, outcome.outputs)
    for (const { selector, variable } of outcome.updates ?? []) {
      frame.pool.set(selector[0] ?? '', selector[1] ?? '', variable)
      this.#events.push({
        type: 'variable-update',
        ...nodeLabel(execution),
        selector: [...selector],
        valueType: variable.type,
        value: variable.value,
      })
    }
    if (outcome.endsLoop) frame.isBroken = true
    const handle = node.isBranch ? (outcome.handle ?? 'source') : undefined
    this.#leave(execution, handle, outcome.outputs)
    if (!node.isHidden) {
      const end = outcome.handle === undefined ? {} : { handle: outcome.handle }
      this.#events.push(toEndEvent(execution, { ...outcome, ...end, status: 'succeeded' }, now))
    }
    this.#close(execution, now)
  }

  /** A failed attempt: tried again, handled by a strategy, caught by a container, or the end of the run (workflow spec 4.5). */
  #fault(execution: Execution, failure: NodeFailure, now: number): void {
    const { node, frame } = execution
    this.exceptionsCount += 1
    frame.usage = addUsage(frame.usage, failure.usage)
    if (node.retry && execution.attempt < node.retry.maxRetries) {
      execution.attempt += 1
      execution.status = 'waiting'
      this.steps += 1
      for (const name of execution.streamed ?? []) frame.responses?.onRetry(`${node.id}.${name}`)
      this.#events.push(toRetryEvent(execution, failure, now))
      this.#effects.push({ type: 'wait', execution, delayMs: node.retry.intervalMs })
      return
    }
    if (node.errorStrategy) return this.#absorb(execution, failure, node.errorStrategy, now)
    this.#events.push(toEndEvent(execution, failure, now))
    if (frame.container) {
      execution.status = 'ended'
      this.#executions.delete(execution.id)
      this.#failRound(frame, failure, now)
    } else {
      execution.status = 'ended'
      this.#executions.delete(execution.id)
      this.#fail(failure.error, now)
    }
  }

  #absorb(execution: Execution, failure: NodeFailure, strategy: 'fail-branch' | 'default-value', now: number): void {
    const { node, frame } = execution
    this.#closeStreams(execution)
    const outputs: Record<string, Value> = {
      ...(strategy === 'default-value' ? node.defaults : {}),
      error_message: failure.error,
      error_type: failure.errorType,
    }
    frame.pool.setAll(node.id, outputs)
    const handle = strategy === 'fail-branch' ? 'fail-branch' : undefined
    this.#leave(execution, handle, outputs)
    const metadata: Dict = { ...failure.metadata, error_strategy: strategy }
    this.#events.push(
      toEndEvent(
        execution,
        { ...failure, outputs, metadata, status: 'exception', errorStrategy: strategy, ...(handle ? { handle } : {}) },
        now,
      ),
    )
    this.#close(execution, now)
  }

  #pause(execution: Execution, outcome: NodePause, now: number): void {
    execution.status = 'paused'
    execution.pause = outcome.reason
    this.#paused += 1
    this.#isDraining = true
    const { formContent, inputs, actions, resolvedDefaults, timeoutMs, deliveryMethods } = outcome.reason
    this.#events.push({
      type: 'human-input-required',
      ...nodeLabel(execution),
      formContent,
      inputs: [...inputs],
      actions: [...actions],
      resolvedDefaults,
      timeoutMs,
      deliveryMethods: [...deliveryMethods],
      atMs: now,
    })
  }

  /** Follows the edges behind a node, then merges what it says to the caller. */
  #leave(execution: Execution, handle: string | undefined, outputs: NodeSuccess['outputs']): void {
    const { node, frame } = execution
    const ready = frame.follow(node, handle, (edge) => frame.responses?.onEdgeTaken(edge))
    for (const next of ready) this.#enqueue(frame, next, node.id)
    if (node.isResponse) mergeOutputs(frame.outputs, toValues(outputs))
    frame.responses?.flush()
  }

  #closeStreams(execution: Execution): void {
    for (const name of execution.streamed ?? []) execution.frame.responses?.onClosed(`${execution.node.id}.${name}`)
  }

  #close(execution: Execution, now: number): void {
    const { frame } = execution
    execution.status = 'ended'
    this.#executions.delete(execution.id)
    frame.active -= 1
    if (frame.active === 0 && frame.container && !frame.isEnded) this.#endRound(frame, undefined, now)
  }

  #openResponses(frame: Frame, root: PlanNode): void {
    if (frame.scope.responses.length === 0) return
    const { iterationId, loopId } = frame.labels
    frame.responses = new ResponseStream(frame, root, ({ text, selector, node }) =>
      this.#events.push({
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

  // --- containers

  #beginRounds(execution: Execution, now: number): void {
    const { node, frame } = execution
    const logic = node.node.definition.container?.(node.config)
    if (!logic) return this.#fault(execution, { status: 'failed', error: 'This node has no rounds.', errorType: 'WorkflowNodeError' }, now)
    const begun = logic.begin(frame.pool)
    if (begun.status === 'failed') return this.#fault(execution, begun, now)
    frame.pool.setAll(node.id, begun.variables ?? {})
    execution.rounds = new ContainerRounds(logic, begun.inputs, begun.metadata)
    this.#events.push({
      type: 'container-start',
      ...nodeLabel(execution),
      kind: logic.kind,
      inputs: begun.inputs,
      metadata: begun.metadata,
      atMs: now,
    })
    this.#advanceRounds(execution, execution.rounds, now)
  }

  /** Starts rounds and ends the container, as its logic says. A round may be over at once. */
  #advanceRounds(execution: Execution, rounds: ContainerRounds, now: number): void {
    // A round that ends at once comes back here: the loop that started it goes on.
    if (rounds.isAdvancing) return
    rounds.isAdvancing = true
    while (this.status === 'running' && execution.status === 'executing') {
      const step = rounds.logic.next(execution.frame.pool)
      if (step.type === 'wait') break
      if (step.type === 'finish') {
        this.#finishContainer(execution, rounds, step, now)
        break
      }
      if (step.isAnnounced) {
        this.#events.push({
          type: 'container-round',
          ...nodeLabel(execution),
          kind: rounds.logic.kind,
          index: step.index,
          ...(step.previousOutput ? { previousOutput: step.previousOutput } : {}),
          atMs: now,
        })
      }
      this.#startRound(execution, rounds.logic, step, now)
    }
    rounds.isAdvancing = false
  }

  #startRound(
    execution: Execution,
    logic: ContainerLogic,
    step: { readonly index: number; readonly variables: Readonly<Record<string, Variable>> },
    now: number,
  ): void {
    const { node, frame: outer } = execution
    // A container has a scope inside.
    const scope = this.plan.scopes[node.inner ?? 0] ?? this.plan.root
    const isFork = logic.pool === 'forked'
    const pool = isFork ? outer.pool.fork() : outer.pool
    if (!isFork) for (const namespace of scope.namespaces) pool.removeNamespace(namespace)
    pool.setAll(node.id, step.variables)
    const labels =
      logic.kind === 'iteration'
        ? { ...outer.labels, iterationId: node.id, iterationIndex: step.index }
        : { ...outer.labels, loopId: node.id, loopIndex: step.index }
    const frame = new Frame({ scope, pool, parent: outer, container: execution, round: step.index, labels, startedAtMs: now })
    const start = scope.nodes.find(({ id }) => id === logic.startNodeId) ?? scope.nodes.find(({ isHidden }) => isHidden)
    execution.rounds?.open.add(frame)
    if (!start) return this.#endRound(frame, undefined, now)
    this.#openResponses(frame, start)
    frame.nodeState[start.index] = TAKEN
    frame.active += 1
    this.#begin(frame, start, null, now)
  }

  #failRound(frame: Frame, failure: NodeFailure, now: number): void {
    this.#abandon(frame, now)
    this.#endRound(frame, failure, now)
  }

  /** Ends whatever else goes on in a round that failed, containers within included. */
  #abandon(frame: Frame, now: number): void {
    frame.isEnded = true
    for (const execution of [...this.#executions.values()]) {
      if (execution.frame !== frame) continue
      for (const inner of execution.rounds?.open ?? []) this.#abandon(inner, now)
      if (execution.status === 'executing' && !execution.rounds) {
        this.#executing -= 1
        this.#effects.push({ type: 'cancel', execution })
      }
      if (execution.status === 'paused') this.#paused -= 1
      execution.status = 'ended'
      this.#executions.delete(execution.id)
      this.#events.push(toEndEvent(execution, { status: 'stopped', error: 'Its round failed meanwhile.', errorType: '' }, now))
    }
  }

  #endRound(frame: Frame, failure: NodeFailure | undefined, now: number): void {
    const { container, parent } = frame
    if (!container?.rounds || !parent) return
    frame.isEnded = true
    const { rounds } = container
    rounds.end(frame, failure, now)
    // What a round assigned to the conversation outlives it (workflow spec 2.15).
    if (rounds.logic.pool === 'forked') parent.pool.adopt('conversation', frame.pool)
    else mergeOutputs(parent.outputs, frame.outputs)
    rounds.logic.roundEnded(rounds.describe(frame, failure, now), parent.pool)
    this.#advanceRounds(container, rounds, now)
  }

  #finishContainer(
    execution: Execution,
    rounds: ContainerRounds,
    step: { readonly outcome: NodeSuccess | NodeFailure; readonly steps: number; readonly metadata: Dict },
    now: number,
  ): void {
    const { outcome } = step
    if (rounds.lastOutputs) mergeOutputs(execution.frame.outputs, rounds.lastOutputs)
    const metadata: Dict = { ...outcome.metadata, ...rounds.durations(), ...step.metadata }
    const usage = rounds.usage
    this.#events.push({
      type: 'container-end',
      ...nodeLabel(execution),
      kind: rounds.logic.kind,
      status: outcome.status,
      inputs: rounds.inputs,
      outputs: toValues(outcome.outputs ?? {}),
      metadata,
      ...(outcome.status === 'failed' ? { error: outcome.error } : {}),
      steps: step.steps,
      ...(usage ? { usage } : {}),
      startedAtMs: execution.startedAtMs,
      atMs: now,
    })
    this.#settle(execution, { inputs: rounds.inputs, ...outcome, metadata, ...(usage ? { usage } : {}) }, now)
  }
}

const toValues = (outputs: Readonly<Record<string, Value | Variable>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, output instanceof Variable ? output.value : output]))

/** Answers join their texts; everything else is what the last one says (workflow spec 4.8). */
function mergeOutputs(into: Record<string, Value>, outputs: Readonly<Record<string, Value>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    const before = into[name]
    into[name] = name === 'answer' && typeof before === 'string' && typeof value === 'string' ? before + value : value
  }
}

/** Made from the run's id, so that the same execution has the same name whenever the run is folded. */
const toExecutionId = (runId: string, counter: number): string => `${runId.slice(0, 31)}${counter.toString(16).padStart(5, '0')}`
