import { AppError } from '@trellis/contracts'
import type { PlanNode } from '@trellis/engine'
import type { Value } from '@trellis/values'
import type { PlacedVariable } from '../../draft-variables/index.ts'
import type { RunnableWorkflow } from '../../workflows/index.ts'
import type { Launch } from '../launch-run.ts'
import type { RunBeginning } from '../run-variables.ts'
import type { ResolveFiles } from '../start-inputs.ts'
import type { StoredBeginning } from '../stored-beginning.ts'
import { overlay, readGiven } from '../trials/given-variables.ts'
import { anyFiles } from '../trials/trial-ground.ts'
import { type FailedRun, type Failure, findFailure, listReadBy, type RetryDependencies } from './find-failure.ts'

export interface RetryRequest extends FailedRun {
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

/**
 * Reads what of a run still holds. It goes on with the version and, for drafts, the graph that it had.
 * @throws what finding the failure throws, AppError `invalid_param` for inputs that the node does not read
 */
export async function prepareRetry(
  dependencies: RetryDependencies,
  { app, run, inputs, resolveFiles }: RetryRequest,
): Promise<PreparedRetry> {
  const failure = await findFailure(dependencies, { app, run })
  const { runId, workflow, stored, history } = failure
  const given = await readGivenTo(failure.node, inputs, resolveFiles)
  return { runId, workflow, stored, retry: { of: run.id, events: history.events }, amendment: toAmendment(failure, given) }
}

/** What was changed before stays changed, as it was when the node failed. */
function toAmendment({ history: { failed }, pool, amendment }: Failure, given: Parameters<typeof overlay>[1]): RunBeginning['amendment'] {
  if (!failed) return amendment
  const selectors = [...(amendment?.variables ?? []).map(({ nodeId, name }) => [nodeId, name]), ...given.map(({ selector }) => selector)]
  const before = selectors.flatMap(([nodeId = '', name = '']): PlacedVariable[] => {
    const variable = pool?.get([nodeId, name])
    return variable ? [{ nodeId, name, type: variable.type, value: variable.value }] : []
  })
  const variables = overlay(before, given)
  return variables.length > 0 ? { executionId: failed.executionId, variables } : undefined
}

async function readGivenTo(node: PlanNode | undefined, inputs: Readonly<Record<string, Value>>, resolveFiles: ResolveFiles) {
  const read = node ? listReadBy(node) : []
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
