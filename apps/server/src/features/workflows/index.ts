import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { mountBlockConfigRoutes } from './block-configs.routes.ts'
import type { DraftStore } from './draft-store.ts'
import { mountWorkflowDraftRoutes, type WorkflowRouteDependencies } from './drafts.routes.ts'
import { createDraftService, type DraftService } from './drafts.service.ts'
import { createRunnableWorkflows, type RunnableWorkflows } from './runnable-workflows.ts'
import { mountWorkflowVersionRoutes } from './versions.routes.ts'
import { createVersionService } from './versions.service.ts'
import type { WorkflowApps } from './workflow-apps.ts'
import { createWorkflowSecrets } from './workflow-secrets.ts'

export interface WorkflowsDependencies extends Pick<WorkflowRouteDependencies, 'accountsOf'> {
  readonly db: Db
  readonly clock: Clock
  readonly apps: WorkflowApps
  readonly store: DraftStore
  readonly secrets: WorkspaceSecrets
}

/** Graphs of apps: the draft that people work on, and the versions that were published of it. */
export interface Workflows extends RunnableWorkflows {
  mountRoutes(mount: Mount): void
  readonly drafts: DraftService
}

export function createWorkflows(dependencies: WorkflowsDependencies): Workflows {
  const { db, clock, apps, store, secrets, accountsOf } = dependencies
  const drafts = createDraftService({ db, clock, apps, store })
  const versions = createVersionService({ db, clock, apps, drafts })
  return {
    ...createRunnableWorkflows({ db, secrets: createWorkflowSecrets(secrets) }),
    drafts,
    mountRoutes(mount) {
      mountBlockConfigRoutes(mount, apps)
      mountWorkflowDraftRoutes(mount, { drafts, accountsOf })
      mountWorkflowVersionRoutes(mount, { versions, accountsOf })
    },
  }
}

export { createDraftStore, type DraftStore, type InsertDraft } from './draft-store.ts'
export { isWorkflowMode, type WorkflowMode } from './workflow-apps.ts'
export { findWorkflowFiles, type WorkflowReference } from './workflows.repository.ts'
