import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Dict } from '@trellis/values'
import type { Mount } from '../../http/mount.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { mountBlockConfigRoutes } from './block-configs.routes.ts'
import type { DraftStore } from './draft-store.ts'
import { mountWorkflowDraftRoutes, type WorkflowRouteDependencies } from './drafts.routes.ts'
import { createDraftService, type DraftService } from './drafts.service.ts'
import { createRunnableWorkflows, type RunnableWorkflows } from './runnable-workflows.ts'
import { mountWorkflowVersionRoutes } from './versions.routes.ts'
import { createVersionService, type VersionServiceDependencies, type VersionTriggers } from './versions.service.ts'
import type { WorkflowApps } from './workflow-apps.ts'
import { findNodeData, fromColumns, textOf, type WorkflowDocument } from './workflow-document.ts'
import { createWorkflowSecrets } from './workflow-secrets.ts'
import { deleteDraftVariables } from './workflows.repository.ts'

export interface WorkflowsDependencies
  extends Pick<WorkflowRouteDependencies, 'accountsOf'>,
    Pick<VersionServiceDependencies, 'checkSections'> {
  readonly db: Db
  readonly clock: Clock
  readonly apps: WorkflowApps
  readonly store: DraftStore
  readonly secrets: WorkspaceSecrets
  readonly triggers: VersionTriggers
}

/** Graphs of apps: the draft that people work on, and the versions that were published of it. */
export interface Workflows extends RunnableWorkflows {
  mountRoutes(mount: Mount): void
  readonly drafts: DraftService
  /** The draft's content, or that of a version, as stored. @throws `app_not_found`, `draft_workflow_not_exist`, `not_found`, `bad_request` */
  readDocument(tenantId: string, place: { readonly appId: string; readonly workflowId: string | undefined }): Promise<WorkflowDocument>
  /** Undefined where the draft has no such node. @throws `app_not_found`, `draft_workflow_not_exist` */
  findDraftNodeType(tenantId: string, place: { readonly appId: string; readonly nodeId: string }): Promise<string | undefined>
  /** Environment variables with their secrets open. */
  openSecrets(tenantId: string, variables: readonly Dict[]): Promise<readonly Dict[]>
  /** Forgets what runs in the editor left of an app's variables. */
  forgetDraftVariables(tenantId: string, appId: string): Promise<void>
}

export function createWorkflows(dependencies: WorkflowsDependencies): Workflows {
  const { db, clock, apps, store, secrets, triggers, checkSections, accountsOf } = dependencies
  const drafts = createDraftService({ db, clock, apps, store })
  const versions = createVersionService({ db, clock, apps, drafts, triggers, checkSections })
  const sealed = createWorkflowSecrets(secrets)
  return {
    ...createRunnableWorkflows({ db, secrets: sealed }),
    drafts,
    readDocument: async (tenantId, { appId, workflowId }) =>
      fromColumns(workflowId === undefined ? await drafts.get(tenantId, appId) : await versions.get(tenantId, { appId, workflowId })),
    async findDraftNodeType(tenantId, { appId, nodeId }) {
      const data = findNodeData(fromColumns(await drafts.get(tenantId, appId)).graph, nodeId)
      return data && textOf(data, 'type')
    },
    openSecrets: sealed.openAll,
    forgetDraftVariables: (tenantId, appId) => deleteDraftVariables(db, tenantId, appId),
    mountRoutes(mount) {
      mountBlockConfigRoutes(mount, apps)
      mountWorkflowDraftRoutes(mount, { drafts, accountsOf })
      mountWorkflowVersionRoutes(mount, { versions, accountsOf })
    },
  }
}

export { inARow } from './default-graph.ts'
export { createDraftStore, type DraftStore, type InsertDraft } from './draft-store.ts'
export type { SavedDraft } from './drafts.service.ts'
export type { RunnableWorkflow, RunnableWorkflows } from './runnable-workflows.ts'
export { createSuggestionConfigs, type SuggestionConfigs } from './suggestion-configs.ts'
export type { VersionTriggers } from './versions.service.ts'
export { isWorkflowMode, type WorkflowMode, type WorkflowOwner } from './workflow-apps.ts'
export { findNodeData } from './workflow-document.ts'
export { DRAFT, findWorkflowFiles, type WorkflowReference } from './workflows.repository.ts'
