import type { NodeEndEvent, NodeRetryEvent, NodeRun, NodeStartEvent, RunEvent } from '@trellis/contracts'
import { toSeconds } from '../../http/compat/seconds.ts'
import { toExecutionMetadata } from '../../http/compat/workflow-frames.ts'
import { decodeEvents, type RunEventsRow, type RunRow } from '../runs/index.ts'

/** An execution of a node without whoever started the run. */
export type ToldNode = Omit<NodeRun, 'created_by_role' | 'created_by_account' | 'created_by_end_user'>

type StatusOfRun = RunRow['status']

/**
 * What became of each node of a run, by its journal (workflow spec 4.12): one row an execution, in order of their starts, and before it
 * one for each attempt that failed. What was taken up again after a crash is told once.
 */
export function toNodeRuns(journal: readonly RunEventsRow[], run: Pick<RunRow, 'status'>): ToldNode[] {
  return foldNodes(journal.flatMap(decodeEvents), run.status)
}

export function foldNodes(events: readonly RunEvent[], runStatus: StatusOfRun): ToldNode[] {
  const nodes = new Map<string, ToldNode>()
  const attempts = new Map<string, ToldNode[]>()
  for (const event of events) {
    if (event.type === 'node-start') nodes.set(event.executionId, toStarted(event, unfinished(runStatus)))
    else if (event.type === 'node-end') nodes.set(event.executionId, toEnded(event))
    else if (event.type === 'human-input-required') setStatus(nodes, event.executionId, 'paused')
    else if (event.type === 'human-input-done') setStatus(nodes, event.executionId, unfinished(runStatus))
    else if (event.type === 'node-retry') {
      const others = (attempts.get(event.executionId) ?? []).filter(({ id }) => id !== attemptId(event))
      attempts.set(event.executionId, [...others, toEnded(event)])
    }
  }
  return [...nodes.values()].sort((one, other) => one.index - other.index).flatMap((node) => [...(attempts.get(node.id) ?? []), node])
}

/** A node that waits for people is paused though its run may go on elsewhere. */
function setStatus(nodes: Map<string, ToldNode>, executionId: string, status: ToldNode['status']): void {
  const node = nodes.get(executionId)
  if (node) nodes.set(executionId, { ...node, status })
}

const attemptId = ({ executionId, retryIndex }: NodeRetryEvent): string => `${executionId}-retry-${retryIndex}`

/** A node that was never told to have ended shares the fate of its run. */
function unfinished(runStatus: StatusOfRun): ToldNode['status'] {
  if (runStatus === 'running') return 'running'
  if (runStatus === 'paused' || runStatus === 'stopped') return runStatus
  return 'failed'
}

const head = (event: NodeStartEvent | NodeEndEvent | NodeRetryEvent) => ({
  index: event.index,
  predecessor_node_id: event.predecessorId,
  node_id: event.nodeId,
  node_type: event.nodeType,
  title: event.title,
  extras: {},
  inputs_truncated: false,
  outputs_truncated: false,
  process_data_truncated: false,
})

const toStarted = (event: NodeStartEvent, status: ToldNode['status']): ToldNode => ({
  ...head(event),
  id: event.executionId,
  status,
  inputs: null,
  process_data: null,
  outputs: null,
  error: null,
  elapsed_time: 0,
  execution_metadata: scopeOf(event),
  started_at_ms: event.atMs,
  created_at: toSeconds(event.atMs),
  finished_at: null,
})

const toEnded = (event: NodeEndEvent | NodeRetryEvent): ToldNode => ({
  ...head(event),
  id: event.type === 'node-retry' ? attemptId(event) : event.executionId,
  status: event.type === 'node-retry' ? 'retry' : event.status,
  inputs: event.inputs ?? null,
  process_data: event.processData ?? null,
  outputs: event.outputs ?? null,
  error: event.error ?? null,
  elapsed_time: Math.max(0, event.atMs - event.startedAtMs) / 1000,
  execution_metadata: toExecutionMetadata(event),
  started_at_ms: event.startedAtMs,
  created_at: toSeconds(event.startedAtMs),
  finished_at: toSeconds(event.atMs),
})

function scopeOf({ iterationId, iterationIndex, loopId, loopIndex }: NodeStartEvent): ToldNode['execution_metadata'] {
  if (iterationId === undefined && loopId === undefined) return null
  return {
    ...(iterationId === undefined ? {} : { iteration_id: iterationId, iteration_index: iterationIndex }),
    ...(loopId === undefined ? {} : { loop_id: loopId, loop_index: loopIndex }),
  }
}
