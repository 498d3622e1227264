import { AppError, consoleWorkflowVersionRoutes as routes } from '@trellis/contracts'
import { listNodeTypes } from '@trellis/nodes'
import { type Dict, isDict, PythonError, parseJson, toPlain } from '@trellis/values'
import type { Mount } from '../../http/mount.ts'
import { getWorkflowApp, type WorkflowApps } from './workflow-apps.ts'

/** What new nodes begin with is told by their types. */
export function mountBlockConfigRoutes(mount: Mount, apps: Pick<WorkflowApps, 'getApp'>): void {
  const list = (wishes: Dict) =>
    listNodeTypes().flatMap(({ definition: { type, defaults } }) =>
      // A dict becomes a plain object.
      defaults ? [{ type, config: toPlain(defaults(wishes)) as Record<string, unknown> }] : [],
    )
  mount(routes.listDefaultBlockConfigs).to(async ({ actor, params }) => {
    await getWorkflowApp(apps, actor.tenantId, params.app_id)
    return list({})
  })
  mount(routes.getDefaultBlockConfig).to(async ({ actor, params, query }) => {
    await getWorkflowApp(apps, actor.tenantId, params.app_id)
    const type = params.block_type
    if (!listNodeTypes().some(({ definition }) => definition.type === type)) {
      throw new AppError('not_found', { message: `There is no node type "${type}".` })
    }
    return list(readWishes(query.q)).find((block) => block.type === type) ?? {}
  })
}

/** Dify's `q`: an object as JSON. */
function readWishes(text: string | undefined): Dict {
  if (!text) return {}
  try {
    const wishes = parseJson(text)
    if (wishes !== null && isDict(wishes)) return wishes
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
  }
  throw new AppError('invalid_param', { message: 'q must be a JSON object.', param: 'q' })
}
