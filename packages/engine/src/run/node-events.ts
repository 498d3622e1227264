import type { NodeAttemptEvent, NodeEndEvent, NodeRetryEvent, NodeStartEvent } from '@trellis/contracts'
import type { NodeFailure, NodeRecord } from '@trellis/spec'
import type { Value } from '@trellis/values'
import { Variable } from '@trellis/variables'
import type { Execution } from './execution.ts'

type NodeLabel = Pick<
  NodeStartEvent,
  'executionId' | 'nodeId' | 'nodeType' | 'title' | 'iterationId' | 'iterationIndex' | 'loopId' | 'loopIndex'
>

/** Which execution of which node, and in which rounds. Events spread it last: V8 takes ten times as long where more keys follow. */
export function nodeLabel({ id, node, frame }: Execution): NodeLabel {
  return { executionId: id, nodeId: node.id, nodeType: node.type, title: node.title, ...frame.labels }
}

export function toStartEvent(execution: Execution): NodeStartEvent {
  const { index, predecessorId, startedAtMs } = execution
  return { type: 'node-start', index, predecessorId, atMs: startedAtMs, ...nodeLabel(execution) }
}

interface End extends NodeRecord {
  readonly status: NodeEndEvent['status']
  readonly outputs?: Readonly<Record<string, Value | Variable>>
  readonly error?: string
  readonly errorType?: string
  readonly errorStrategy?: string
  readonly handle?: string
  readonly endsLoop?: boolean
}

export function toEndEvent(execution: Execution, end: End, now: number): NodeEndEvent {
  const event: NodeEndEvent = {
    type: 'node-end',
    index: execution.index,
    predecessorId: execution.predecessorId,
    status: end.status,
    startedAtMs: execution.startedAtMs,
    atMs: now,
    ...nodeLabel(execution),
  }
  addRecord(event, end)
  if (end.error !== undefined) event.error = end.error
  if (end.errorType !== undefined) event.errorType = end.errorType
  if (end.errorStrategy !== undefined) event.errorStrategy = end.errorStrategy
  if (end.handle !== undefined) event.handle = end.handle
  if (end.endsLoop) event.endsLoop = true
  if (execution.streamed) event.streamed = [...execution.streamed]
  if (execution.attempt > 0) event.retries = execution.attempt
  return event
}

export function toRetryEvent(execution: Execution, failure: NodeFailure, now: number): NodeRetryEvent {
  const event: NodeRetryEvent = {
    type: 'node-retry',
    index: execution.index,
    predecessorId: execution.predecessorId,
    error: failure.error,
    errorType: failure.errorType,
    retryIndex: execution.attempt,
    startedAtMs: execution.startedAtMs,
    atMs: now,
    ...nodeLabel(execution),
  }
  addRecord(event, failure)
  return event
}

export const toAttemptEvent = (execution: Execution, now: number): NodeAttemptEvent => ({
  type: 'node-attempt',
  attempt: execution.attempt,
  atMs: now,
  ...nodeLabel(execution),
})

function addRecord(event: NodeEndEvent | NodeRetryEvent, record: NodeRecord & { readonly outputs?: End['outputs'] }): void {
  if (record.inputs) event.inputs = record.inputs
  if (record.processData) event.processData = record.processData
  if (record.metadata) event.metadata = record.metadata
  if (record.usage) event.usage = record.usage
  if (!record.outputs) return
  const outputs: Record<string, Value> = {}
  for (const name of Object.keys(record.outputs)) {
    const output = record.outputs[name] ?? null
    if (output instanceof Variable) {
      outputs[name] = output.value
      event.outputTypes ??= {}
      event.outputTypes[name] = output.type
    } else outputs[name] = output
  }
  event.outputs = outputs
}
