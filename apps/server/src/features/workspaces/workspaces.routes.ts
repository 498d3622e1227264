import { consoleWorkspaceRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import { presentWorkspace, presentWorkspaceItem } from './present-workspace.ts'
import type { WorkspaceService } from './workspaces.service.ts'

/** Version of the app files that we write. */
const APP_DSL_VERSION = '0.6.0'

export interface WorkspaceRouteDependencies {
  readonly workspaces: WorkspaceService
  readonly countApps: (tenantId: string) => Promise<number>
}

export function mountWorkspaceRoutes(mount: Mount, { workspaces, countApps }: WorkspaceRouteDependencies): void {
  mount(routes.listWorkspaces).to(async ({ actor }) => ({
    workspaces: (await workspaces.list(actor.accountId)).map((row) => presentWorkspaceItem(row, actor.tenantId)),
  }))
  mount(routes.getCurrentWorkspace).to(async ({ actor }) => presentWorkspace(await workspaces.get(actor.tenantId, actor.accountId)))
  mount(routes.getCurrentWorkspaceInfo).to(async ({ actor }) => presentWorkspace(await workspaces.get(actor.tenantId, actor.accountId)))
  mount(routes.switchWorkspace).to(async ({ actor, body }) => ({
    result: 'success',
    new_tenant: presentWorkspace(await workspaces.switchTo(body.tenant_id, actor.accountId)),
  }))
  mount(routes.createWorkspace).to(async ({ actor, body }) => ({
    result: 'success',
    tenant: presentWorkspace(await workspaces.create(actor.accountId, body.name)),
  }))
  mount(routes.renameWorkspace).to(async ({ actor, body }) => ({
    result: 'success',
    tenant: presentWorkspace(await workspaces.rename(actor.tenantId, actor.accountId, body.name)),
  }))
  mount(routes.getWorkspaceFeatures).to(async ({ actor }) => {
    const [members, apps] = await Promise.all([workspaces.countMembers(actor.tenantId), countApps(actor.tenantId)])
    return { members: { size: members, limit: 0 }, apps: { size: apps, limit: 0 } }
  })
  mount(routes.getAppDslVersion).to(async () => ({ app_dsl_version: APP_DSL_VERSION }))
}
