import { AppError, consoleWorkflowVersionRoutes as routes } from '@trellis/contracts'
import { listNodeTypes } from '@trellis/nodes'
import { toPlain } from '@trellis/values'
import type { Mount } from '../../http/mount.ts'
import { getWorkflowApp, type WorkflowApps } from './workflow-apps.ts'

/** What new nodes begin with is told by their types; most begin with nothing. */
export function mountBlockConfigRoutes(mount: Mount, apps: Pick<WorkflowApps, 'getApp'>): void {
  const list = () =>
    listNodeTypes().flatMap(({ definition: { type, defaults } }) =>
      // A dict becomes a plain object.
      defaults ? [{ type, config: toPlain(defaults()) as Record<string, unknown> }] : [],
    )
  mount(routes.listDefaultBlockConfigs).to(async ({ actor, params }) => {
    await getWorkflowApp(apps, actor.tenantId, params.app_id)
    return list()
  })
  mount(routes.getDefaultBlockConfig).to(async ({ actor, params }) => {
    await getWorkflowApp(apps, actor.tenantId, params.app_id)
    const type = params.block_type
    if (!listNodeTypes().some(({ definition }) => definition.type === type)) {
      throw new AppError('not_found', { message: `There is no node type "${type}".` })
    }
    return list().find((block) => block.type === type) ?? {}
  })
}
