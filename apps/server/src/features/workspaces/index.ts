import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { mountWorkspaceRoutes, type WorkspaceRouteDependencies } from './workspaces.routes.ts'
import { createWorkspaceService, type WorkspaceService } from './workspaces.service.ts'

export interface WorkspacesDependencies {
  readonly db: Db
  readonly clock: Clock
  /** How many apps a workspace holds. */
  readonly countApps: WorkspaceRouteDependencies['countApps']
}

/** The workspaces of an account: which there are, which is the current one, who belongs to it. */
export interface Workspaces {
  readonly workspaces: WorkspaceService
  mountRoutes(mount: Mount): void
}

export function createWorkspaces({ db, clock, countApps }: WorkspacesDependencies): Workspaces {
  const workspaces = createWorkspaceService({ db, clock })
  return { workspaces, mountRoutes: (mount) => mountWorkspaceRoutes(mount, { workspaces, countApps }) }
}

export type { WorkspaceService } from './workspaces.service.ts'
