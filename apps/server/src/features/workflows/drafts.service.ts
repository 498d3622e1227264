import { AppError } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import { type DraftStore, insertDraft, type WorkflowContent } from './draft-store.ts'
import { getWorkflowApp, type WorkflowApps, type WorkflowOwner } from './workflow-apps.ts'
import { fromColumns, toColumns } from './workflow-document.ts'
import { assertShortDescriptions } from './workflow-variables.ts'
import { findDraft, updateWorkflow, type WorkflowChange, type WorkflowRow } from './workflows.repository.ts'

export interface SavedDraft {
  readonly hash: string
  readonly updatedAt: number
}

/** Parts of a draft that are replaced as a whole. */
export type DraftPart = Partial<Pick<WorkflowContent, 'graph' | 'features' | 'environmentVariables' | 'conversationVariables'>>

export interface DraftService {
  /** @throws `app_not_found`, `draft_workflow_not_exist` */
  get(tenantId: string, appId: string): Promise<WorkflowRow>
  /**
   * Stores what the editor has. `hash` names the graph that it began with; none is needed for a draft that nobody has touched since its
   * app was made: callers of Dify, whose new apps have no draft, send none.
   * @throws `app_not_found`, `invalid_param`, `draft_workflow_not_sync`
   */
  save(owner: WorkflowOwner, content: Omit<WorkflowContent, 'extra'>, hash: string | undefined): Promise<SavedDraft>
  /** Stores what an app file or a version has, whatever was there. @throws `app_not_found`, `invalid_param` */
  replace(owner: WorkflowOwner, content: WorkflowContent): Promise<SavedDraft>
  /** Changes parts and leaves the rest. @throws `app_not_found`, `draft_workflow_not_exist`, `invalid_param` */
  change(owner: WorkflowOwner, part: DraftPart): Promise<SavedDraft>
  /** As `change`, for chatflows alone: nothing else has conversations. */
  changeConversationVariables(owner: WorkflowOwner, variables: readonly Dict[]): Promise<SavedDraft>
  /** Makes the draft what a version's columns say. @throws `app_not_found`, `invalid_param` where no draft may be like that */
  restore(owner: WorkflowOwner, columns: ReturnType<typeof toColumns>): Promise<SavedDraft>
}

export interface DraftServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly apps: WorkflowApps
  readonly store: DraftStore
}

export function createDraftService({ db, clock, apps, store }: DraftServiceDependencies): DraftService {
  const get = async (tenantId: string, appId: string): Promise<WorkflowRow> => {
    await getWorkflowApp(apps, tenantId, appId)
    const draft = await findDraft(db, tenantId, appId)
    if (!draft) throw new AppError('draft_workflow_not_exist')
    return draft
  }
  /** Only where the graph is still the draft's. */
  const update = async (draft: WorkflowRow, accountId: string, change: WorkflowChange): Promise<SavedDraft> => {
    // Later than its creation, even where the clock stands still: that tells a draft that somebody has touched.
    const updatedAt = Math.max(clock.now(), draft.updated_at + 1)
    const stored = { ...change, updated_by: accountId, updated_at: updatedAt }
    const isSaved = await updateWorkflow(db, draft.tenant_id, { workflowId: draft.id, hash: draft.hash, change: stored })
    if (!isSaved) throw new AppError('draft_workflow_not_sync')
    return { hash: change.hash ?? draft.hash, updatedAt }
  }
  const insert = async ({ tenantId, appId, accountId }: WorkflowOwner, columns: ReturnType<typeof toColumns>): Promise<SavedDraft> => {
    const app = await getWorkflowApp(apps, tenantId, appId)
    const updatedAt = clock.now()
    try {
      await insertDraft(columns)(db, { ...app, updated_by: accountId, updated_at: updatedAt })
    } catch (error) {
      throw isUniqueViolation(error) ? new AppError('draft_workflow_not_sync', { cause: error }) : error
    }
    return { hash: columns.hash, updatedAt }
  }
  const write = async (owner: WorkflowOwner, columns: ReturnType<typeof toColumns>): Promise<SavedDraft> => {
    const draft = await findDraft(db, owner.tenantId, owner.appId)
    return draft ? update(draft, owner.accountId, columns) : insert(owner, columns)
  }
  const prepare = (tenantId: string, content: WorkflowContent, draft: WorkflowRow | undefined) =>
    store.prepare(tenantId, content, draft ? fromColumns(draft).environmentVariables : [])
  const change: DraftService['change'] = async (owner, part) => {
    const draft = await get(owner.tenantId, owner.appId)
    assertShortDescriptions(part.conversationVariables ?? [])
    const current = fromColumns(draft)
    const prepared = await store.prepare(owner.tenantId, { ...current, environmentVariables: [], ...part }, current.environmentVariables)
    const environmentVariables: readonly Dict[] = part.environmentVariables ? prepared.environmentVariables : current.environmentVariables
    return update(draft, owner.accountId, toColumns({ ...prepared, environmentVariables }))
  }
  return {
    get,
    async restore(owner, columns) {
      store.check(fromColumns(columns))
      return write(owner, columns)
    },
    async save(owner, content, hash) {
      await getWorkflowApp(apps, owner.tenantId, owner.appId)
      const draft = await findDraft(db, owner.tenantId, owner.appId)
      if (draft && !isCurrent(draft, hash)) throw new AppError('draft_workflow_not_sync')
      assertShortDescriptions(content.conversationVariables)
      const extra = draft ? fromColumns(draft).extra : {}
      return write(owner, toColumns(await prepare(owner.tenantId, { ...content, extra }, draft)))
    },
    async replace(owner, content) {
      await getWorkflowApp(apps, owner.tenantId, owner.appId)
      const draft = await findDraft(db, owner.tenantId, owner.appId)
      return write(owner, toColumns(await prepare(owner.tenantId, content, draft)))
    },
    change,
    async changeConversationVariables(owner, conversationVariables) {
      const { mode } = await getWorkflowApp(apps, owner.tenantId, owner.appId)
      if (mode === 'advanced-chat') return change(owner, { conversationVariables })
      throw new AppError('app_not_found', {
        message: 'Only chatflows have conversation variables. Make an app of the mode "advanced-chat".',
      })
    },
  }
}

const isCurrent = (draft: WorkflowRow, hash: string | undefined): boolean =>
  hash ? hash === draft.hash : draft.updated_at === draft.created_at
