import type { NodeOutcome } from '@trellis/spec'
import type { WorkflowRun } from '../run/workflow-run.ts'

const interrupted: NodeOutcome = {
  status: 'failed',
  error: 'The process that executed this node ended meanwhile. Whether it had its effect is not known, so it was not repeated.',
  errorType: 'NodeInterruptedError',
}

/**
 * Goes on with a run that was folded from its journal. What was open is asked for again, but for external effects that had begun:
 * whether they happened nobody knows, so they fail, and retries and strategies decide.
 */
export function takeUp(run: WorkflowRun, begun: ReadonlySet<string>, now: number): void {
  for (const execution of run.openExecutions) {
    const { node, config, inner } = execution.node
    if (execution.status !== 'executing' || inner !== undefined || !begun.has(execution.id)) continue
    if (node.definition.effect(config) === 'external') run.complete(execution.id, interrupted, now)
  }
  run.takeEffects()
  run.reopen()
}
