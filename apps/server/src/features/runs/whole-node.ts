import type { NodeEndEvent, NodeStartEvent, RunEvent } from '@trellis/contracts'

/**
 * A node that started and ended at once stands in the journal as its end alone, which says all that its start said: half of the text of
 * a run whose nodes need nothing from outside.
 */
export function isStartOf(start: RunEvent, end: RunEvent | undefined): end is NodeEndEvent {
  if (start.type !== 'node-start' || end?.type !== 'node-end' || start.executionId !== end.executionId) return false
  const derived = startOf(end)
  const keys = Object.keys(start) as (keyof NodeStartEvent)[] // an event has no keys but its own
  return keys.length === Object.keys(derived).length && keys.every((key) => start[key] === derived[key])
}

/** The start of a node as its end tells it. */
export function startOf(end: NodeEndEvent): NodeStartEvent {
  const { index, predecessorId, startedAtMs, executionId, nodeId, nodeType, title } = end
  const start: NodeStartEvent = { type: 'node-start', index, predecessorId, atMs: startedAtMs, executionId, nodeId, nodeType, title }
  if (end.iterationId !== undefined) start.iterationId = end.iterationId
  if (end.iterationIndex !== undefined) start.iterationIndex = end.iterationIndex
  if (end.loopId !== undefined) start.loopId = end.loopId
  if (end.loopIndex !== undefined) start.loopIndex = end.loopIndex
  return start
}
