import type { NodeEndEvent } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { type DraftVariables, LeftVariables, type VariableOwner } from '../../draft-variables/index.ts'
import type { RunRow } from '../../runs/index.ts'
import { DRAFT, type RunnableWorkflow } from '../../workflows/index.ts'
import type { RunCompanion } from '../launch-run.ts'
import { foldNodes } from '../node-runs.ts'
import { putNodeRuns } from './draft-node-runs.repository.ts'
import { declaresOwner } from './trim-graph.ts'

export interface TrialDependencies {
  readonly clock: Clock
  readonly draftVariables: Pick<DraftVariables, 'read' | 'store'>
}

export interface Trial {
  readonly owner: VariableOwner
  readonly runId: string
  readonly graph: Dict
  readonly system: Readonly<Record<string, Value>>
}

/** What a trial run of a draft leaves to whoever made it: variables, and the last execution of each node. It is there when the run is told to have ended. */
export function keepTrial({ clock, draftVariables }: TrialDependencies, { owner, runId, graph, system }: Trial): RunCompanion {
  const left = new LeftVariables({ system, isInside: (nodeId) => declaresOwner(graph, nodeId) })
  const ends = new Map<string, NodeEndEvent>()
  return {
    onEvent(event) {
      left.see(event)
      if (event.type === 'node-end') ends.set(event.nodeId, event)
    },
    accept: async () => undefined,
    async finish(db) {
      await draftVariables.store(db, owner, { runId, left })
      await putNodeRuns(db, owner, foldNodes([...ends.values()], 'failed'), clock.now())
    },
  }
}

/** The same for a run of whichever origin: nothing where it is no trial of a draft. */
export function keepTrialOf(
  dependencies: TrialDependencies,
  {
    app,
    workflow,
    run,
    system,
  }: { readonly app: AppsTable; readonly workflow: RunnableWorkflow } & Pick<Trial, 'system'> & {
      readonly run: { readonly id: string; readonly triggeredFrom: RunRow['triggered_from']; readonly accountId: string | null }
    },
): readonly RunCompanion[] {
  const isTrial = workflow.version === DRAFT && (run.triggeredFrom === 'debugging' || run.triggeredFrom === 'single-step')
  if (!isTrial || run.accountId === null) return []
  const owner = { tenantId: app.tenant_id, appId: app.id, accountId: run.accountId }
  return [keepTrial(dependencies, { owner, runId: run.id, graph: workflow.graph, system })]
}

/** Several companions as one; what each does is done in their order. Without any, nobody looks at events. */
export function together(...companions: readonly RunCompanion[]): RunCompanion {
  const [first] = companions
  if (companions.length === 1 && first) return first
  // Where nothing goes along, the run's row and its journal are one write that asks nobody.
  if (companions.length === 0) return {}
  const outputCheck = companions.find((companion) => companion.outputCheck)?.outputCheck
  return {
    ...(outputCheck ? { outputCheck } : {}),
    onEvent(event) {
      for (const companion of companions) companion.onEvent?.(event)
    },
    async accept(db) {
      for (const companion of companions) await companion.accept?.(db)
    },
    async finish(db, outcome) {
      for (const companion of companions) await companion.finish?.(db, outcome)
    },
    async afterwards(outcome) {
      for (const companion of companions) await companion.afterwards?.(outcome)
    },
  }
}
