import { AppError, type DraftVariable, fileRoutes, consoleDraftVariableRoutes as routes } from '@trellis/contracts'
import { type AppsTable, type Db, fromFlag } from '@trellis/db'
import { toPlain } from '@trellis/values'
import type { AccountActor } from '../../http/actor.ts'
import { Answer, handled, type Mount } from '../../http/mount.ts'
import { type FileLinks, listFileIds, listUploadsOpenTo } from '../files/index.ts'
import { isWorkflowMode } from '../workflows/index.ts'
import { findVariableByLink, type ShownVariableRow } from './draft-variables.repository.ts'
import type { DraftVariableService } from './draft-variables.service.ts'
import type { VariableOwner } from './placed-variable.ts'
import { renewLinks } from './renew-links.ts'
import { readShown } from './variable-rows.ts'

export interface DraftVariableRouteDependencies {
  readonly db: Db
  readonly fileLinks: FileLinks
  readonly variables: DraftVariableService
  /** @throws `app_not_found` */
  readonly getApp: (tenantId: string, appId: string) => Promise<AppsTable>
}

export function mountDraftVariableRoutes(mount: Mount, dependencies: DraftVariableRouteDependencies): void {
  const { variables } = dependencies
  const find = async ({ tenantId, accountId }: AccountActor, { app_id: appId }: { readonly app_id: string }) => {
    const app = await dependencies.getApp(tenantId, appId)
    if (!isWorkflowMode(app.mode)) throw new AppError('app_not_found')
    return { app, owner: { tenantId, appId, accountId } }
  }
  const presentAll = async (owner: VariableOwner, rows: readonly ShownVariableRow[]) => ({
    items: await present(dependencies, owner, rows),
  })
  const presentOne = async (owner: VariableOwner, row: ShownVariableRow): Promise<DraftVariable> => {
    const [variable] = await present(dependencies, owner, [row])
    if (!variable) throw new Error('every row is presented')
    return variable
  }
  mount(routes.listDraftVariables).to(async ({ actor, params, query: { page, limit } }) => {
    const { owner } = await find(actor, params)
    const { rows, total } = await variables.list(owner, { offset: (page - 1) * limit, limit })
    return { items: rows.map(presentHead), total }
  })
  mount(routes.deleteDraftVariables).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    await variables.deleteAll(owner)
    return null
  })
  mount(routes.listNodeVariables).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    return presentAll(owner, await variables.listOf(owner, params.node_id))
  })
  mount(routes.deleteNodeVariables).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    await variables.deleteAll(owner, params.node_id)
    return null
  })
  mount(routes.listSystemVariables).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    return presentAll(owner, await variables.listOf(owner, 'sys'))
  })
  mount(routes.listDraftConversationVariables).to(async ({ actor, params }) => {
    const { app, owner } = await find(actor, params)
    return presentAll(owner, await variables.listConversation(owner, app))
  })
  mount(routes.getDraftVariable).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    return presentOne(owner, await variables.get(owner, params.variable_id))
  })
  mount(routes.changeDraftVariable).to(async ({ actor, params, body: { name, value } }) => {
    const { owner } = await find(actor, params)
    const change = {
      ...(name ? { name } : {}),
      // The body was read as JSON.
      ...(value === undefined ? {} : { value: value as Parameters<typeof toPlain>[0] }),
    }
    return presentOne(owner, await variables.change(owner, params.variable_id, change))
  })
  mount(routes.resetDraftVariable).to(async ({ actor, params }) => {
    const { app, owner } = await find(actor, params)
    const row = await variables.reset(owner, params.variable_id, app)
    return row ? presentOne(owner, row) : new Answer(204, null)
  })
  mount(routes.deleteDraftVariable).to(async ({ actor, params }) => {
    const { owner } = await find(actor, params)
    await variables.delete(owner, params.variable_id)
    return null
  })
  mountContent(mount, dependencies)
}

function mountContent(mount: Mount, { db, fileLinks }: DraftVariableRouteDependencies): void {
  mount(fileRoutes.getDraftVariableContent).to(async ({ params, query, reply }) => {
    const isValid = fileLinks.isValid('draft-variable', params.variable_id, query)
    const variable = isValid ? await findVariableByLink(db, params.variable_id) : undefined
    if (!variable) throw new AppError('not_found', { message: 'This link is not valid, or no longer.' })
    await reply
      .type('application/json')
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(variable.name.toWellFormed())}.json`)
      .header('content-security-policy', "sandbox; default-src 'none'")
      .header('cache-control', 'no-store')
      .send(variable.value)
    return handled
  })
}

/** Editors know one kind of number. */
const exposedType = (type: string): string => (type === 'integer' || type === 'float' ? 'number' : type)

const kindOf = (nodeId: string): DraftVariable['type'] => (nodeId === 'sys' || nodeId === 'conversation' ? nodeId : 'node')

const presentHead = (row: Omit<ShownVariableRow, 'value'>) => ({
  id: row.id,
  type: kindOf(row.node_id),
  name: row.name,
  description: row.description,
  selector: [row.node_id, row.name],
  value_type: exposedType(row.value_type),
  edited: row.last_edited_at !== null,
  visible: fromFlag(row.visible),
  is_truncated: row.preview !== null,
})

async function present(
  { db, fileLinks }: DraftVariableRouteDependencies,
  owner: VariableOwner,
  rows: readonly ShownVariableRow[],
): Promise<DraftVariable[]> {
  const shown = rows.map((row) => ({ row, ...readShown(row) }))
  const fileIds = [...new Set(shown.flatMap(({ value }) => listFileIds(value)))]
  const uploads = await listUploadsOpenTo(db, owner, fileIds)
  const links = new Map(uploads.map(({ id }) => [id, fileLinks.signedUrl(id)]))
  return shown.map(({ row, value, whole }) => ({
    ...presentHead(row),
    value: toPlain(renewLinks(value, links)),
    full_content: whole
      ? {
          size_bytes: whole.sizeBytes,
          value_type: exposedType(row.value_type),
          length: whole.length,
          download_url: fileLinks.signedVariableUrl(row.id),
        }
      : null,
  }))
}
