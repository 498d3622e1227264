import type { Db } from '@trellis/db'
import type { Mount } from '../../http/mount.ts'
import type { AppRuns, RespondDependencies } from '../app-runs/index.ts'
import type { EndUsers } from '../end-users/index.ts'
import type { FileLinks } from '../files/index.ts'
import { type ConsoleWorkflowRunDependencies, mountConsoleWorkflowRoutes } from './console.routes.ts'
import { createInputFiles } from './input-files.ts'
import { mountServiceWorkflowRoutes } from './service.routes.ts'
import { mountWebWorkflowRoutes } from './web.routes.ts'
import { createWorkflowRuns as createRuns, type WorkflowRunDependencies, type WorkflowRuns } from './workflow-runs.service.ts'

export interface WorkflowRunsDependencies extends WorkflowRunDependencies {
  readonly db: Db
  readonly fileLinks: FileLinks
}

export interface WorkflowRunRoutes extends Pick<ConsoleWorkflowRunDependencies, 'getApp' | 'accountsOf'> {
  readonly appRuns: AppRuns
  readonly respond: RespondDependencies
  readonly endUsers: EndUsers
}

/** Workflows that run: started, followed, taken up after a crash, looked at. */
export interface WorkflowRunsFeature extends WorkflowRuns {
  mountRoutes(mount: Mount, routes: WorkflowRunRoutes): void
}

export function createWorkflowRuns(dependencies: WorkflowRunsDependencies): WorkflowRunsFeature {
  const runs = createRuns(dependencies)
  const inputFiles = createInputFiles(dependencies)
  return {
    ...runs,
    mountRoutes(mount, routes) {
      const all = { ...routes, db: dependencies.db, runs, workflows: dependencies.workflows, inputFiles }
      mountServiceWorkflowRoutes(mount, all)
      mountWebWorkflowRoutes(mount, all)
      mountConsoleWorkflowRoutes(mount, all)
    },
  }
}
