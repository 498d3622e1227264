import { type QueryOf, consoleAppRoutes as routes } from '@trellis/contracts'
import { toFlag } from '@trellis/db'
import type { FastifyRequest } from 'fastify'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import type { IconFiles } from '../sites/index.ts'
import type { AppConfigService } from './app-config.service.ts'
import type { AppRow } from './apps.repository.ts'
import type { AppLook, AppService } from './apps.service.ts'
import { presentApp, presentItem, presentSummary } from './present-app.ts'

export interface AppRouteDependencies {
  readonly apps: AppService
  readonly configs: AppConfigService
  readonly files: IconFiles
  /** Configured addresses, without a path; where undefined, the address of the request is the base. */
  readonly urls: { readonly serviceApi: string | undefined; readonly appWeb: string | undefined }
}

/** What an absent key of a body means: the empty value. */
const toLook = (body: {
  readonly name: string
  readonly description?: string | null | undefined
  readonly icon_type?: AppLook['icon_type'] | undefined
  readonly icon?: string | null | undefined
  readonly icon_background?: string | null | undefined
}): AppLook => ({
  name: body.name,
  description: body.description ?? '',
  icon_type: body.icon_type ?? null,
  icon: body.icon ?? null,
  icon_background: body.icon_background ?? null,
})

export function mountAppRoutes(mount: Mount, dependencies: AppRouteDependencies): void {
  const { apps, files, urls } = dependencies
  const present = async (app: AppRow, request: FastifyRequest) => {
    const origin = requestOrigin(request)
    const addresses = { serviceApi: urls.serviceApi ?? origin, appWeb: urls.appWeb ?? origin }
    return presentApp(app, { ...(await apps.partsOf(app)), files, addresses })
  }
  mountListRoutes(mount, dependencies)
  mount(routes.createApp).to(async ({ actor, body, request }) =>
    present(await apps.create(actor, { ...toLook(body), mode: body.mode }), request),
  )
  mount(routes.getApp).to(async ({ actor, params, request }) => present(await apps.get(actor.tenantId, params.app_id), request))
  mount(routes.updateApp).to(async ({ actor, params, body, request }) => {
    const change = {
      ...toLook(body),
      use_icon_as_answer_icon: toFlag(body.use_icon_as_answer_icon ?? false),
      max_active_requests: body.max_active_requests ?? null,
    }
    return present(await apps.update(actor, params.app_id, change), request)
  })
  mount(routes.deleteApp).to(async ({ actor, params }) => {
    await apps.delete(actor.tenantId, params.app_id)
    return null
  })
  mount(routes.copyApp).to(async ({ actor, params, body, request }) => {
    const look = {
      name: body.name ?? undefined,
      description: body.description ?? undefined,
      icon_type: body.icon_type ?? undefined,
      icon: body.icon ?? undefined,
      icon_background: body.icon_background ?? undefined,
    }
    return present(await apps.copy(actor, params.app_id, look), request)
  })
  mountSwitchRoutes(mount, dependencies)
  mount(routes.publishModelConfig).to(async ({ actor, params, body }) => {
    await dependencies.configs.publish({ tenantId: actor.tenantId, accountId: actor.accountId, appId: params.app_id }, body)
    return { result: 'success' }
  })
}

type ListQuery = QueryOf<typeof routes.listApps>

function mountListRoutes(mount: Mount, { apps, files }: AppRouteDependencies): void {
  const list = async (actor: AccountActor, query: ListQuery, starredBy: string | undefined) => {
    const { page, limit, mode, name, sort_by, is_created_by_me, starred_first, creator_ids, tag_ids } = query
    const found = await apps.list(actor, {
      mode,
      name,
      creatorIds: is_created_by_me ? [actor.accountId] : creator_ids,
      tagIds: tag_ids,
      starredBy,
      starredFirstFor: starred_first ? actor.accountId : undefined,
      sortBy: sort_by,
      offset: (page - 1) * limit,
      limit,
    })
    const data = found.apps.map(({ app, ...parts }) => presentItem(app, { ...parts, files }))
    return { page, limit, total: found.total, has_more: page * limit < found.total, data }
  }
  mount(routes.listApps).to(({ actor, query }) => list(actor, query, undefined))
  mount(routes.listStarredApps).to(({ actor, query }) => list(actor, query, actor.accountId))
  const star =
    (isStarred: boolean) =>
    async ({ actor, params }: { actor: AccountActor; params: { app_id: string } }) => {
      await apps.setStar(actor, params.app_id, isStarred)
      return { result: 'success' as const }
    }
  mount(routes.starApp).to(star(true))
  mount(routes.unstarApp).to(star(false))
}

function mountSwitchRoutes(mount: Mount, { apps }: AppRouteDependencies): void {
  const change = async (actor: AccountActor, appId: string, columns: Partial<AppRow>) => {
    const app = await apps.update(actor, appId, columns)
    return presentSummary(app, await apps.partsOf(app))
  }
  mount(routes.renameApp).to(({ actor, params, body }) => change(actor, params.app_id, { name: body.name }))
  mount(routes.updateAppIcon).to(({ actor, params, body }) =>
    change(actor, params.app_id, {
      icon_type: body.icon_type ?? null,
      icon: body.icon ?? null,
      icon_background: body.icon_background ?? null,
    }),
  )
  mount(routes.switchAppSite).to(({ actor, params, body }) => change(actor, params.app_id, { enable_site: toFlag(body.enable_site) }))
  mount(routes.switchAppApi).to(({ actor, params, body }) => change(actor, params.app_id, { enable_api: toFlag(body.enable_api) }))
}
