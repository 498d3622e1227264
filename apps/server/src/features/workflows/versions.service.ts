import { AppError } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import type { Plan } from '@trellis/engine'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { toPlain } from '@trellis/values'
import { compileGraph } from './check-graph.ts'
import type { DraftService, SavedDraft } from './drafts.service.ts'
import { getWorkflowApp, type WorkflowApps, type WorkflowMode, type WorkflowOwner } from './workflow-apps.ts'
import { fromColumns } from './workflow-document.ts'
import {
  DRAFT,
  deleteWorkflow,
  findWorkflow,
  hasVersion,
  insertWorkflow,
  listVersions,
  updateWorkflow,
  type VersionFilter,
  type WorkflowRow,
} from './workflows.repository.ts'

export interface VersionMarks {
  readonly name: string | undefined
  readonly comment: string | undefined
}

export interface VersionService {
  /** What callers get; undefined until first published. @throws `app_not_found` */
  findPublished(tenantId: string, appId: string): Promise<WorkflowRow | undefined>
  /** @throws `app_not_found`, `draft_workflow_not_exist`, `invalid_param` where the graph could not run */
  publish(owner: WorkflowOwner, marks: VersionMarks): Promise<WorkflowRow>
  /** Newest first. @throws `app_not_found` */
  list(tenantId: string, filter: VersionFilter & { readonly appId: string }): Promise<readonly WorkflowRow[]>
  /** @throws `app_not_found`, `not_found`, `bad_request` for the draft's id */
  get(tenantId: string, version: { readonly appId: string; readonly workflowId: string }): Promise<WorkflowRow>
  /** @throws as `get`, and `bad_request` where there is nothing to change */
  rename(owner: WorkflowOwner, workflowId: string, marks: VersionMarks): Promise<WorkflowRow>
  /** @throws as `get`, and `bad_request` where something uses it */
  delete(owner: WorkflowOwner, workflowId: string): Promise<void>
  /** The draft is what the version is; names of versions stay. @throws as `get`, and `invalid_param` where a draft may not be like that */
  restore(owner: WorkflowOwner, workflowId: string): Promise<SavedDraft>
}

/** What begins runs of a version by itself, which its publication sets going. */
export interface VersionTriggers {
  /** @throws AppError `invalid_param` naming a trigger that could start nothing */
  check(mode: WorkflowMode, plan: Plan): void
  /** In the transaction that publishes the version. */
  publish(db: Db, owner: WorkflowOwner, plan: Plan): Promise<void>
}

export interface VersionServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly apps: WorkflowApps
  readonly drafts: DraftService
  readonly triggers: VersionTriggers
  /** @throws AppError `invalid_param` where an app shall hear, speak or keep out what no model can */
  readonly checkSections: (tenantId: string, sections: object) => Promise<void>
}

export function createVersionService({ db, clock, apps, drafts, triggers, checkSections }: VersionServiceDependencies): VersionService {
  const get: VersionService['get'] = async (tenantId, version) => {
    await getWorkflowApp(apps, tenantId, version.appId)
    const row = await findWorkflow(db, tenantId, version)
    if (!row) throw new AppError('not_found', { message: 'The app has no such version of its workflow.' })
    if (row.version === DRAFT) throw new AppError('bad_request', { message: 'This is the draft, not a published version.' })
    return row
  }
  return {
    get,
    async findPublished(tenantId, appId) {
      const { published_workflow_id: workflowId } = await getWorkflowApp(apps, tenantId, appId)
      return workflowId === null ? undefined : findWorkflow(db, tenantId, { appId, workflowId })
    },
    async publish({ tenantId, appId, accountId }, marks) {
      const { mode } = await getWorkflowApp(apps, tenantId, appId)
      const draft = await drafts.get(tenantId, appId)
      const document = fromColumns(draft)
      const plan = compileGraph(document.graph)
      // Plain JSON of an object is one.
      await checkSections(tenantId, toPlain(document.features) as object)
      triggers.check(mode, plan)
      const now = clock.now()
      const audit = { created_by: accountId, created_at: now, updated_by: accountId, updated_at: now }
      return inTransaction(db, async (db) => {
        await apps.lockApp(db, tenantId, appId)
        const version = await nameVersion(db, tenantId, { appId, now })
        const row = { ...draft, ...audit, id: newId(), version, marked_name: marks.name ?? '', marked_comment: marks.comment ?? '' }
        await insertWorkflow(db, row)
        await apps.pointToWorkflow(db, tenantId, { appId, workflowId: row.id, accountId })
        await triggers.publish(db, { tenantId, appId, accountId }, plan)
        return row
      })
    },
    async list(tenantId, filter) {
      await getWorkflowApp(apps, tenantId, filter.appId)
      return listVersions(db, tenantId, filter)
    },
    async rename({ tenantId, appId, accountId }, workflowId, { name, comment }) {
      const row = await get(tenantId, { appId, workflowId })
      if (name === undefined && comment === undefined) {
        throw new AppError('bad_request', { message: 'Nothing to change: send marked_name or marked_comment.' })
      }
      const marks = { marked_name: name ?? row.marked_name, marked_comment: comment ?? row.marked_comment }
      const change = { ...marks, updated_by: accountId, updated_at: clock.now() }
      await updateWorkflow(db, tenantId, { workflowId, change })
      return { ...row, ...change }
    },
    async delete({ tenantId, appId }, workflowId) {
      await get(tenantId, { appId, workflowId })
      await inTransaction(db, async (db) => {
        await apps.lockApp(db, tenantId, appId)
        if (await apps.usesWorkflow(db, tenantId, { appId, workflowId })) {
          throw new AppError('bad_request', {
            message:
              'This version is in use: callers of the app get it, or a run on it has not ended. Publish another, or wait for the run.',
            refusal: { reason: 'version_in_use', values: {} },
          })
        }
        await deleteWorkflow(db, tenantId, workflowId)
      })
    },
    async restore(owner, workflowId) {
      const { graph, features, environment_variables, conversation_variables, extra, hash } = await get(owner.tenantId, {
        appId: owner.appId,
        workflowId,
      })
      return drafts.restore(owner, { graph, features, environment_variables, conversation_variables, extra, hash })
    },
  }
}

/** The time in Dify's form, in microseconds; a version of the same moment gets the next. */
async function nameVersion(db: Db, tenantId: string, { appId, now }: { readonly appId: string; readonly now: number }): Promise<string> {
  const text = new Date(now).toISOString().replace('T', ' ').replace('Z', '')
  for (let step = 0; ; step++) {
    const version = `${text}${String(step).padStart(3, '0')}`
    if (!(await hasVersion(db, tenantId, { appId, version }))) return version
  }
}
