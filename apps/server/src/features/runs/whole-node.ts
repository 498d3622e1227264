import type { NodeEndEvent, NodeStartEvent, RunEvent } from '@trellis/contracts'

type SharedKey = Exclude<keyof NodeStartEvent, 'type' | 'atMs'>

/** All that a start tells, but for its time, which its end knows as another's. */
const shared = {
  index: true,
  predecessorId: true,
  executionId: true,
  nodeId: true,
  nodeType: true,
  title: true,
  iterationId: true,
  iterationIndex: true,
  loopId: true,
  loopIndex: true,
} as const satisfies Record<SharedKey, true>
// The record has no other keys.
const sharedKeys = Object.keys(shared) as SharedKey[]

/**
 * A node that started and ended at once stands in the journal as its end alone, which says all that its start said: half of the text of
 * a run whose nodes need nothing from outside.
 */
export function isStartOf(start: RunEvent, end: RunEvent | undefined): end is NodeEndEvent {
  if (start.type !== 'node-start' || end?.type !== 'node-end' || start.atMs !== end.startedAtMs) return false
  for (const key of sharedKeys) if (start[key] !== end[key]) return false
  return true
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
