import type { ContainerLogic, NodeFailure, NodeSuccess } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import type { Variable } from '@trellis/variables'
import { ContainerRounds } from './container-rounds.ts'
import type { Execution } from './execution.ts'
import { Frame, TAKEN } from './frame.ts'
import { nodeLabel, toEndEvent } from './node-events.ts'
import { mergeOutputs, toValues } from './outputs.ts'
import type { RunCore } from './run-core.ts'

/** The rounds of containers: frames that begin, end and fail as their logic says. */
export class Rounds {
  readonly #core: RunCore

  constructor(core: RunCore) {
    this.#core = core
  }

  /** Begins a container: its rounds, or its failure. */
  begin(execution: Execution, now: number): void {
    const { node, frame } = execution
    const logic = node.node.definition.container?.(node.config)
    if (!logic) throw new Error(`node ${node.id} has an inside but no rounds`)
    const begun = logic.begin(frame.pool, node.id)
    if (begun.status === 'failed') {
      this.#core.settle(execution, begun, now)
      return
    }
    frame.pool.setAll(node.id, begun.variables ?? {})
    execution.rounds = new ContainerRounds(logic, begun.inputs, begun.metadata)
    this.#core.events.push({
      type: 'container-start',
      kind: logic.kind,
      inputs: begun.inputs,
      metadata: begun.metadata,
      atMs: now,
      ...nodeLabel(execution),
    })
    execution.rounds.first = logic.next(frame.pool)
    // The end of a container without rounds waits its turn like the end of others.
    if (execution.rounds.first.type === 'finish') this.#core.queue.push({ frame, container: execution })
    else this.#advance(execution, execution.rounds, now)
  }

  /** A container's turn after one of its rounds ended. */
  resume(execution: Execution, now: number): void {
    if (execution.rounds && execution.status === 'executing') this.#advance(execution, execution.rounds, now)
  }

  /** Starts rounds and ends the container, as its logic says. A round may be over at once. */
  #advance(execution: Execution, rounds: ContainerRounds, now: number): void {
    // A round that ends at once comes back here: the loop that started it goes on.
    if (rounds.isAdvancing) return
    rounds.isAdvancing = true
    while (this.#core.status === 'running' && execution.status === 'executing') {
      const step = rounds.first ?? rounds.logic.next(execution.frame.pool)
      rounds.first = undefined
      if (step.type === 'wait') break
      if (step.type === 'finish') {
        this.#finish(execution, rounds, step, now)
        break
      }
      if (step.isAnnounced) {
        this.#core.events.push({
          type: 'container-round',
          kind: rounds.logic.kind,
          index: step.index,
          atMs: now,
          ...(step.previousOutput ? { previousOutput: step.previousOutput } : {}),
          ...nodeLabel(execution),
        })
      }
      this.#start(execution, rounds.logic, step, now)
    }
    rounds.isAdvancing = false
  }

  #start(
    execution: Execution,
    logic: ContainerLogic,
    step: { readonly index: number; readonly variables: Readonly<Record<string, Variable>> },
    now: number,
  ): void {
    const { node, frame: outer } = execution
    // A container has a scope inside.
    const scope = this.#core.plan.scopes[node.inner ?? 0] ?? this.#core.plan.root
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
    if (!start) {
      this.end(frame, undefined, now)
      return
    }
    this.#core.openResponses(frame, start)
    frame.nodeState[start.index] = TAKEN
    this.#core.enqueue(frame, start, null)
  }

  /** Ends a round because of one of its nodes. */
  fail(frame: Frame, failure: NodeFailure, now: number): void {
    this.#abandon(frame, now)
    this.end(frame, failure, now)
  }

  /** Ends whatever else goes on in a round that failed, containers within included. */
  #abandon(frame: Frame, now: number): void {
    frame.isEnded = true
    for (const execution of [...this.#core.executions.values()]) {
      if (execution.frame !== frame) continue
      for (const inner of execution.rounds?.open ?? []) this.#abandon(inner, now)
      if (execution.status === 'paused') this.#core.leavePause()
      else if (!execution.rounds) {
        this.#core.executing -= 1
        this.#core.effects.push({ type: 'cancel', execution })
      }
      this.#core.forget(execution)
      this.#core.events.push(toEndEvent(execution, { status: 'stopped', error: 'Its round failed meanwhile.', errorType: '' }, now))
    }
  }

  /** Ends a round and lets its container go on. */
  end(frame: Frame, failure: NodeFailure | undefined, now: number): void {
    const { container, parent } = frame
    if (!container?.rounds || !parent) return
    frame.isEnded = true
    const { rounds } = container
    rounds.end(frame, failure, now)
    // What a round assigned to the conversation outlives it (workflow spec 2.15).
    if (rounds.logic.pool === 'forked') parent.pool.adopt('conversation', frame.pool)
    else mergeOutputs(parent.outputs, frame.outputs)
    rounds.logic.roundEnded(rounds.describe(frame, failure, now), parent.pool)
    if (!rounds.isAdvancing) this.#core.queue.push({ frame: parent, container })
  }

  #finish(
    execution: Execution,
    rounds: ContainerRounds,
    step: { readonly outcome: NodeSuccess | NodeFailure; readonly steps: number; readonly metadata: Dict },
    now: number,
  ): void {
    const { outcome } = step
    if (rounds.lastOutputs) mergeOutputs(execution.frame.outputs, rounds.lastOutputs)
    const metadata: Dict = { ...outcome.metadata, ...rounds.durations() }
    const usage = rounds.usage
    this.#core.events.push({
      type: 'container-end',
      ...nodeLabel(execution),
      kind: rounds.logic.kind,
      status: outcome.status,
      inputs: rounds.inputs,
      outputs: toValues(outcome.outputs ?? {}),
      metadata: { ...metadata, ...step.metadata },
      ...(outcome.status === 'failed' ? { error: outcome.error } : {}),
      steps: step.steps,
      ...(usage ? { usage } : {}),
      startedAtMs: execution.startedAtMs,
      atMs: now,
    })
    this.#core.settle(execution, { inputs: rounds.inputs, ...outcome, metadata, ...(usage ? { usage } : {}) }, now)
  }
}
