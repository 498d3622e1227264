import { AppError } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import { foldRun, type PlanNode, type RetryHistory, retryHistory } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { Value } from '@trellis/values'
import type { PlacedVariable } from '../../draft-variables/index.ts'
import { decodeEvents, listRunEvents, type RunRow } from '../../runs/index.ts'
import type { RunnableWorkflow, RunnableWorkflows } from '../../workflows/index.ts'
import { createWorkflowRun } from '../execute-workflow.ts'
import type { Launch, LaunchDependencies } from '../launch-run.ts'
import type { RunBeginning } from '../run-variables.ts'
import { type ResolveFiles, readStartFields } from '../start-inputs.ts'
import { readBeginning, type StoredBeginning, toBeginning } from '../stored-beginning.ts'
import { listRead, type NeededVariable, overlay, readGiven } from '../trials/given-variables.ts'
import { anyFiles } from '../trials/trial-ground.ts'
import { findWorkflowOfRun } from '../workflow-runs.service.ts'

export interface RetryDependencies extends Pick<LaunchDependencies, 'limits' | 'maxConcurrency'> {
  readonly db: Db
  readonly workflows: RunnableWorkflows
}

export interface RetryRequest {
  readonly app: AppsTable
  readonly run: RunRow
  /** What the node that failed shall read in place of what it read, by its own names or as `#node.variable#`. */
  readonly inputs: Readonly<Record<string, Value>>
  readonly resolveFiles: ResolveFiles
}

/** A run that takes the place of one that failed, from the failure on. */
export interface PreparedRetry {
  readonly runId: string
  readonly workflow: RunnableWorkflow
  readonly stored: StoredBeginning
  readonly retry: NonNullable<Launch['retry']>
  readonly amendment: RunBeginning['amendment']
}

const retried: ReadonlySet<RunRow['status']> = new Set(['failed', 'stopped', 'interrupted'])

/**
 * Reads what of a run still holds. It goes on with the version and, for drafts, the graph that it had.
 * @throws AppError `invalid_param` for runs that did not fail and inputs that the node does not read, `not_found` where the run's version
 * or its journal is gone
 */
export async function prepareRetry(
  { db, workflows, limits, maxConcurrency }: RetryDependencies,
  { app, run, inputs, resolveFiles }: RetryRequest,
): Promise<PreparedRetry> {
  const stored = readBeginning(run)
  if (!retried.has(run.status) || !stored) {
    throw new AppError('invalid_param', { message: `Only runs that failed or were stopped can be tried again; this one is ${run.status}.` })
  }
  const [workflow, journal] = await Promise.all([findWorkflowOfRun(workflows, app, run), listRunEvents(db, run.id, 0)])
  if (!workflow) throw new AppError('not_found', { message: 'The version that this run had is gone.' })
  if (journal.length === 0) throw new AppError('not_found', { message: 'What this run did is no longer kept. Run the workflow anew.' })
  const runId = newId()
  const plan = workflow.plan()
  const history = retryHistory(plan, journal.flatMap(decodeEvents), runId)
  const { amendment: _, ...beginning } = toBeginning(workflow, stored)
  // Told only to find out what the node would read.
  const told = createWorkflowRun({ beginning, facts: { runId }, limits, maxConcurrency })
  foldRun(told, history.events)
  const failed = history.failed && plan.nodesById.get(history.failed.nodeId)
  const given = await readGivenTo(failed, inputs, resolveFiles)
  const pool = told.findExecution(history.failed?.executionId ?? '')?.frame.pool
  const before = given.flatMap(({ selector: [nodeId = '', name = ''] }): PlacedVariable[] => {
    const variable = pool?.get([nodeId, name])
    return variable ? [{ nodeId, name, type: variable.type, value: variable.value }] : []
  })
  return {
    runId,
    workflow,
    stored,
    retry: { of: run.id, events: history.events },
    amendment: toAmendment(history, overlay(before, given)),
  }
}

const toAmendment = ({ failed }: RetryHistory, variables: readonly PlacedVariable[]): RunBeginning['amendment'] =>
  failed && variables.length > 0 ? { executionId: failed.executionId, variables } : undefined

async function readGivenTo(node: PlanNode | undefined, inputs: Readonly<Record<string, Value>>, resolveFiles: ResolveFiles) {
  const read = node ? [...listRead(node), ...fieldsOf(node)] : []
  const stranger = Object.keys(inputs).find((name) => !read.some(({ names }) => names.includes(name)))
  if (stranger !== undefined) {
    throw new AppError('invalid_param', {
      message: node
        ? `The node "${node.title || node.id}", which failed, reads no "${stranger}".`
        : 'No node of this run failed, so there are no inputs to change.',
      param: 'inputs',
    })
  }
  return readGiven(read, inputs, (mappings) => resolveFiles(mappings, anyFiles))
}

/** A start reads its form. */
const fieldsOf = ({ id, type, data }: PlanNode): readonly NeededVariable[] =>
  type === 'start'
    ? readStartFields(data).map(({ name }) => ({ names: [name, `${id}.${name}`], selector: [id, name], isOptional: true }))
    : []
