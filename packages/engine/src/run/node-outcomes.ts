import type { NodeFailure, NodeOutcome, NodePause, NodeSuccess } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import type { Execution } from './execution.ts'
import { nodeLabel, toEndEvent, toRetryEvent } from './node-events.ts'
import { mergeOutputs, toValues } from './outputs.ts'
import type { Rounds } from './rounds.ts'
import type { RunCore } from './run-core.ts'
import { addUsage } from './usage.ts'

/** What comes of a node's outcome: variables, edges, and where it failed retries, strategies or the end. */
export class NodeOutcomes {
  readonly #core: RunCore
  readonly #rounds: Rounds

  constructor(core: RunCore, rounds: Rounds) {
    this.#core = core
    this.#rounds = rounds
  }

  settle(execution: Execution, outcome: NodeOutcome, now: number): void {
    if (outcome.status === 'succeeded') this.#succeed(execution, outcome, now)
    else if (outcome.status === 'failed') this.#fault(execution, outcome, now)
    else this.#pause(execution, outcome, now)
  }

  #succeed(execution: Execution, outcome: NodeSuccess, now: number): void {
    const { node, frame } = execution
    if (node.isBranch && outcome.handle === undefined && node.errorStrategy === undefined) {
      const error = `Node "${node.title || node.id}" chose no branch.`
      this.#fault(execution, { ...outcome, status: 'failed', error, errorType: 'WorkflowNodeError' }, now)
      return
    }
    this.#closeStreams(execution)
    frame.usage = addUsage(frame.usage, outcome.usage)
    frame.pool.setAll(node.id, outcome.outputs)
    for (const { selector, variable } of outcome.updates ?? []) {
      frame.pool.set(selector[0] ?? '', selector[1] ?? '', variable)
      this.#core.events.push({
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
    if (!node.isHidden) this.#core.events.push(toEndEvent(execution, outcome, now))
    this.#close(execution, now)
  }

  /** A failed attempt: tried again, handled by a strategy, caught by a container, or the end of the run (workflow spec 4.5). */
  #fault(execution: Execution, failure: NodeFailure, now: number): void {
    const { node, frame } = execution
    this.#core.exceptionsCount += 1
    frame.usage = addUsage(frame.usage, failure.usage)
    if (node.retry && execution.attempt < node.retry.maxRetries) {
      execution.attempt += 1
      this.#core.holdPlace(execution)
      for (const name of execution.streamed ?? []) frame.responses?.onRetry(`${node.id}.${name}`)
      this.#core.events.push(toRetryEvent(execution, failure, now))
      this.#core.effects.push({ type: 'wait', execution, delayMs: node.retry.intervalMs })
      return
    }
    if (node.errorStrategy) {
      this.#absorb(execution, failure, node.errorStrategy, now)
      return
    }
    this.#core.events.push(toEndEvent(execution, failure, now))
    this.#core.forget(execution)
    if (frame.container) this.#rounds.fail(frame, failure, now)
    else this.#core.fail(failure.error, now)
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
    const metadata: Dict = { error_strategy: strategy }
    this.#core.events.push(
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
    this.#core.paused += 1
    this.#core.isDraining = true
    const { formContent, inputs, actions, resolvedDefaults, timeoutMs, deliveryMethods } = outcome.reason
    this.#core.events.push({
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
    for (const next of frame.follow(node, handle)) this.#core.enqueue(frame, next, node.id)
    if (node.isResponse) mergeOutputs(frame.outputs, toValues(outputs))
    frame.responses?.flush()
    if (node.isHidden) return
    // A round may have written what a response outside waits for: loops share their variables.
    for (let outer = frame.parent; outer; outer = outer.parent) outer.responses?.flush()
  }

  #closeStreams(execution: Execution): void {
    for (const name of execution.streamed ?? []) execution.frame.responses?.onClosed(`${execution.node.id}.${name}`)
  }

  #close(execution: Execution, now: number): void {
    const { frame } = execution
    this.#core.forget(execution)
    frame.active -= 1
    if (frame.active === 0 && frame.container && !frame.isEnded) this.#rounds.end(frame, undefined, now)
  }
}
