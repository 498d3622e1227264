import type { NodeEndEvent, RunEvent } from '@trellis/contracts'
import type { Plan } from '../plan/plan.ts'
import { numberOf, toExecutionId } from '../run/execution.ts'

/** The part of a run's journal from which another run can go on in its place. */
export interface RetryHistory {
  /** Told by another run's names: to be folded. */
  readonly events: readonly RunEvent[]
  /** The execution that brought the run down, by its name in the other run; undefined where the run was cut off from outside. */
  readonly failed: { readonly executionId: string; readonly nodeId: string } | undefined
}

/**
 * What of a run's journal still holds where the node that failed is to be tried again: all before that failure, and what others that
 * had begun by then came to afterwards. The failure is forgotten with its attempts, and whatever followed from it.
 */
export function retryHistory(plan: Plan, journal: readonly RunEvent[], runId: string): RetryHistory {
  const place = findFailure(plan, journal)
  const failure = place === undefined ? undefined : journal[place]
  const failedId = failure?.type === 'node-end' ? failure.executionId : undefined
  const before = journal.slice(0, place).filter((event) => !isAttemptOf(event, failedId))
  const begun = new Set(
    before.flatMap((event) => (event.type === 'node-start' && event.executionId !== failedId ? [event.executionId] : [])),
  )
  const after = place === undefined ? [] : journal.slice(place).filter((event) => isOutcomeOf(event, begun))
  return {
    events: [...before, ...after].map((event) => rename(event, runId)),
    failed: failure?.type === 'node-end' ? { executionId: renameExecution(failure.executionId, runId), nodeId: failure.nodeId } : undefined,
  }
}

const isAttemptOf = (event: RunEvent, executionId: string | undefined): boolean =>
  (event.type === 'node-retry' || event.type === 'node-attempt') && event.executionId === executionId

function isOutcomeOf(event: RunEvent, begun: ReadonlySet<string>): boolean {
  switch (event.type) {
    case 'node-end':
      return (event.status === 'succeeded' || event.status === 'exception') && begun.has(event.executionId)
    case 'node-attempt':
    case 'node-retry':
    case 'variable-update':
      return begun.has(event.executionId)
    default:
      return false
  }
}

/** The place of the end by which all failed: of a node of the main graph, or of the one inside it that was the reason. */
function findFailure(plan: Plan, journal: readonly RunEvent[]): number | undefined {
  const place = journal.findIndex((event) => isFailure(event) && event.iterationId === undefined && event.loopId === undefined)
  return place === -1 ? undefined : innermost(plan, journal, place)
}

const isFailure = (event: RunEvent | undefined): event is NodeEndEvent => event?.type === 'node-end' && event.status === 'failed'

function innermost(plan: Plan, journal: readonly RunEvent[], place: number): number {
  const event = journal[place]
  if (!isFailure(event)) return place
  const inner = plan.nodesById.get(event.nodeId)?.inner
  if (inner === undefined) return place
  const start = journal.findIndex((earlier) => earlier.type === 'node-start' && earlier.executionId === event.executionId)
  for (let index = Math.max(0, start); index < place; index++) {
    const candidate = journal[index]
    if (isFailure(candidate) && plan.nodesById.get(candidate.nodeId)?.scope === inner) return innermost(plan, journal, index)
  }
  return place
}

const rename = (event: RunEvent, runId: string): RunEvent =>
  'executionId' in event ? { ...event, executionId: renameExecution(event.executionId, runId) } : event

/** What an execution is called in the run that takes the place of its own. */
export const renameExecution = (executionId: string, runId: string): string => toExecutionId(runId, numberOf(executionId))
