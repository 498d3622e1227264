import { createHash } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import { compile, type Plan } from '@trellis/engine'
import { isUuid } from '@trellis/kit'
import { findNodeType } from '@trellis/nodes'
import { type Dict, dumpJson } from '@trellis/values'
import { normalizeFeatures } from './check-features.ts'
import { RecentlyUsed } from './recently-used.ts'
import { fromColumns } from './workflow-document.ts'
import type { WorkflowSecrets } from './workflow-secrets.ts'
import { toVariable, type WorkflowVariable } from './workflow-variables.ts'
import { DRAFT, findDraft, findWorkflow, type WorkflowRow } from './workflows.repository.ts'

/** A workflow as runs need it. */
export interface RunnableWorkflow {
  readonly id: string
  /** `draft`, or the time of publication. */
  readonly version: string
  readonly graph: Dict
  readonly features: Dict
  /** Secrets are open. */
  readonly environmentVariables: readonly WorkflowVariable[]
  /** With their initial values. */
  readonly conversationVariables: readonly WorkflowVariable[]
  /** The graph, compiled once for all runs of its content. @throws GraphError where it cannot run */
  plan(): Plan
}

export interface RunnableWorkflows {
  /** With `graph` in place of its own where a run began before it changed. @throws `draft_workflow_not_exist` */
  getDraft(app: AppsTable, graph?: Dict): Promise<RunnableWorkflow>
  /** What callers get. @throws `app_unavailable` until first published */
  getPublished(app: AppsTable): Promise<RunnableWorkflow>
  /** One published version of the app. @throws `not_found` for none, `bad_request` for the draft's id and for what is no id */
  getVersion(app: AppsTable, workflowId: string): Promise<RunnableWorkflow>
}

const MAX_VERSIONS = 500
const MAX_PLANS = 500

export function createRunnableWorkflows({ db, secrets }: { readonly db: Db; readonly secrets: WorkflowSecrets }): RunnableWorkflows {
  const plans = new RecentlyUsed<Plan>(MAX_PLANS)
  /** Published versions never change, so each is read and opened once. */
  const versions = new RecentlyUsed<RunnableWorkflow>(MAX_VERSIONS)
  const planOf = (graph: Dict, content: string): Plan => {
    const known = plans.get(content)
    if (known) return known
    const plan = compile(graph, { find: findNodeType })
    plans.set(content, plan)
    return plan
  }
  const toRunnable = async (row: WorkflowRow): Promise<RunnableWorkflow> => {
    const { graph, features, environmentVariables, conversationVariables } = fromColumns(row)
    // Of the very text: the order of keys, which the draft's hash leaves out, shows in what nodes write.
    const content = createHash('sha256').update(row.graph).digest('base64')
    return {
      id: row.id,
      version: row.version,
      graph,
      features: normalizeFeatures(features),
      environmentVariables: (await secrets.openAll(row.tenant_id, environmentVariables)).map((stored) => toVariable('env', stored)),
      conversationVariables: conversationVariables.map((stored) => toVariable('conversation', stored)),
      plan: () => planOf(graph, content),
    }
  }
  const readVersion = async ({ tenant_id: tenantId, id: appId }: AppsTable, workflowId: string): Promise<RunnableWorkflow | undefined> => {
    const known = versions.get(workflowId)
    if (known) return known
    const row = await findWorkflow(db, tenantId, { appId, workflowId })
    if (!row) return undefined
    const workflow = await toRunnable(row)
    if (row.version !== DRAFT) versions.set(workflowId, workflow)
    return workflow
  }
  return {
    async getDraft(app, graph) {
      const row = await findDraft(db, app.tenant_id, app.id)
      if (!row) throw new AppError('draft_workflow_not_exist')
      return toRunnable(graph ? { ...row, graph: dumpJson(graph) } : row)
    },
    async getPublished(app) {
      const workflow = app.published_workflow_id === null ? undefined : await readVersion(app, app.published_workflow_id)
      if (workflow) return workflow
      throw new AppError('app_unavailable', { message: 'This app has not been published yet. Publish it in the console.' })
    },
    async getVersion(app, workflowId) {
      if (!isUuid(workflowId)) throw new AppError('bad_request', { message: `"${workflowId}" is not the id of a workflow version.` })
      const id = workflowId.toLowerCase()
      // Another app's version may be known here, and one that is known may be gone.
      const row = await findWorkflow(db, app.tenant_id, { appId: app.id, workflowId: id })
      if (row?.version === DRAFT) throw new AppError('bad_request', { message: 'Drafts cannot be run so. Name a published version.' })
      const workflow = row && (versions.get(id) ?? (await readVersion(app, id)))
      if (!workflow) throw new AppError('not_found', { message: 'The app has no such version of its workflow.' })
      return workflow
    },
  }
}
