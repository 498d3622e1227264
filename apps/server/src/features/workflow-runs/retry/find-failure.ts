import { AppError } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import { foldRun, type PlanNode, type RetryHistory, renameExecution, retryHistory } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { VariableReader } from '@trellis/variables'
import { decodeEvents, listRunEvents, type RunRow } from '../../runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../../workflows/index.ts'
import { createWorkflowRun } from '../execute-workflow.ts'
import type { LaunchDependencies } from '../launch-run.ts'
import { readStartFields } from '../start-inputs.ts'
import { readBeginning, type StoredBeginning, toBeginning } from '../stored-beginning.ts'
import { listRead, type NeededVariable } from '../trials/given-variables.ts'
import { findWorkflowOfRun } from '../workflow-runs.service.ts'

export interface RetryDependencies extends Pick<LaunchDependencies, 'limits' | 'maxConcurrency'> {
  readonly db: Db
  readonly workflows: RunnableWorkflows
}

export interface FailedRun {
  readonly app: AppsTable
  readonly run: RunRow
}

/** Where a run failed, and what it had come to by then. */
export interface Failure {
  /** Of the run that takes its place, in whose names the history is told. */
  readonly runId: string
  readonly workflow: RunnableWorkflow
  readonly stored: StoredBeginning
  readonly history: RetryHistory
  /** Undefined where the run was cut off from outside. */
  readonly node: PlanNode | undefined
  /** What that node could read when it failed. */
  readonly pool: VariableReader | undefined
  /** What was changed for it when it was itself such a run. */
  readonly amendment: StoredBeginning['amendment'] | undefined
}

const retried: ReadonlySet<RunRow['status']> = new Set(['failed', 'stopped', 'interrupted'])

/** @throws AppError `invalid_param` for runs that did not fail, `not_found` where the run's version or its journal is gone */
export async function findFailure({ db, workflows, limits, maxConcurrency }: RetryDependencies, { app, run }: FailedRun): Promise<Failure> {
  const stored = readBeginning(run)
  if (!retried.has(run.status) || !stored) {
    const message = `Only runs that failed or were stopped can be tried again; this one is ${run.status}.`
    throw new AppError('invalid_param', { message, refusal: { reason: 'run_not_failed', values: {} } })
  }
  const [workflow, journal] = await Promise.all([findWorkflowOfRun(workflows, app, run), listRunEvents(db, run.id, 0)])
  if (!workflow) throw new AppError('not_found', { message: 'The version that this run had is gone.' })
  if (journal.length === 0) throw new AppError('not_found', { message: 'What this run did is no longer kept. Run the workflow anew.' })
  const runId = newId()
  const plan = workflow.plan()
  const history = retryHistory(plan, journal.flatMap(decodeEvents), runId)
  const amendment = stored.amendment && { ...stored.amendment, executionId: renameExecution(stored.amendment.executionId, runId) }
  const beginning = toBeginning(workflow, { ...stored, ...(amendment ? { amendment } : {}) })
  // Told only to find out what the node would read.
  const told = createWorkflowRun({ beginning, facts: { runId }, limits, maxConcurrency })
  foldRun(told, history.events)
  return {
    runId,
    workflow,
    stored,
    history,
    node: history.failed && plan.nodesById.get(history.failed.nodeId),
    pool: told.findExecution(history.failed?.executionId ?? '')?.frame.pool,
    amendment,
  }
}

/** What a node reads and may be given in its place; a start reads its form. */
export const listReadBy = (node: PlanNode): readonly NeededVariable[] => [...listRead(node), ...fieldsOf(node)]

const fieldsOf = ({ id, type, data }: PlanNode): readonly NeededVariable[] =>
  type === 'start'
    ? readStartFields(data).map(({ name }) => ({ names: [name, `${id}.${name}`], selector: [id, name], isOptional: true }))
    : []
