import { AppError, consoleWorkflowVersionRoutes as routes } from '@trellis/contracts'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import { presentSaved, toOwner, type WorkflowRouteDependencies } from './drafts.routes.ts'
import { presentWorkflow } from './present-workflow.ts'
import type { VersionMarks, VersionService } from './versions.service.ts'
import type { WorkflowRow } from './workflows.repository.ts'

export interface VersionRouteDependencies extends Pick<WorkflowRouteDependencies, 'accountsOf'> {
  readonly versions: VersionService
}

const toMarks = (body: {
  readonly marked_name?: string | null | undefined
  readonly marked_comment?: string | null | undefined
}): VersionMarks => ({ name: body.marked_name ?? undefined, comment: body.marked_comment ?? undefined })

export function mountWorkflowVersionRoutes(mount: Mount, { versions, accountsOf }: VersionRouteDependencies): void {
  const present = async (rows: readonly WorkflowRow[]) => {
    const accounts = await accountsOf([...new Set(rows.flatMap((row) => [row.created_by, row.updated_by]))])
    return rows.map((row) => presentWorkflow(row, accounts))
  }
  const presentOne = async (row: WorkflowRow) => presentWorkflow(row, await accountsOf([row.created_by, row.updated_by]))

  mount(routes.getPublishedWorkflow).to(async ({ actor, params }) => {
    const row = await versions.findPublished(actor.tenantId, params.app_id)
    return row ? presentOne(row) : null
  })
  mount(routes.publishWorkflow).to(async ({ actor, params, body }) => {
    const version = await versions.publish(toOwner(actor, params), toMarks(body))
    return { result: 'success', created_at: toSeconds(version.created_at) }
  })
  mount(routes.listWorkflowVersions).to(async ({ actor, params, query }) => {
    const { page, limit, user_id: userId } = query
    if (userId && userId !== actor.accountId) {
      throw new AppError('forbidden', { message: 'user_id: only your own versions can be asked for.' })
    }
    const rows = await versions.list(actor.tenantId, {
      appId: params.app_id,
      createdBy: userId || undefined,
      isNamed: query.named_only ?? false,
      offset: (page - 1) * limit,
      // One more tells whether there are more.
      limit: limit + 1,
    })
    return { items: await present(rows.slice(0, limit)), page, limit, has_more: rows.length > limit }
  })
  mount(routes.getWorkflowVersion).to(async ({ actor, params }) =>
    presentOne(await versions.get(actor.tenantId, { appId: params.app_id, workflowId: params.workflow_id })),
  )
  mount(routes.renameWorkflowVersion).to(async ({ actor, params, body }) =>
    presentOne(await versions.rename(toOwner(actor, params), params.workflow_id, toMarks(body))),
  )
  mount(routes.deleteWorkflowVersion).to(async ({ actor, params }) => {
    await versions.delete(toOwner(actor, params), params.workflow_id)
    return null
  })
  mount(routes.restoreWorkflowVersion).to(async ({ actor, params }) =>
    presentSaved(await versions.restore(toOwner(actor, params), params.workflow_id)),
  )
}
