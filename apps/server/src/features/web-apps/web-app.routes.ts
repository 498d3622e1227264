import { AppError, webPassportRoutes as passportRoutes, serviceAppRoutes as service, webSiteRoutes as web } from '@trellis/contracts'
import { type AppsTable, type Db, fromFlag } from '@trellis/db'
import type { FastifyRequest } from 'fastify'
import type { Mount } from '../../http/mount.ts'
import type { OfferedFeatures } from '../../system-features.ts'
import { ANONYMOUS_SESSION, type EndUsers } from '../end-users/index.ts'
import type { IconFiles } from '../sites/index.ts'
import { listTagsOfTargets } from '../tags/index.ts'
import type { BasicConfig } from '../turns/index.ts'
import { isWorkflowMode, type RunnableWorkflows } from '../workflows/index.ts'
import { type ParameterSource, toAppParameters, toBasicSource, type UploadLimits } from './app-parameters.ts'
import { toGraphConfig } from './graph-config.ts'
import { findByCode, type Passports, readAppCode } from './passports.ts'
import { describeWebSite, presentSite } from './web-site.ts'

export interface WebAppRouteDependencies {
  readonly db: Db
  readonly endUsers: EndUsers
  readonly icons: IconFiles
  readonly passports: Passports
  readonly uploadLimits: UploadLimits
  readonly version: string
  readonly features: OfferedFeatures
  readonly workflows: Pick<RunnableWorkflows, 'getPublished'>
  /** @throws `app_unavailable` */
  readonly getPublishedConfig: (app: AppsTable) => Promise<{ readonly value: BasicConfig }>
  /** What is set for an app that answers with its annotations. */
  readonly findAnnotationReply: (app: AppsTable) => Promise<object | undefined>
}

export function mountWebAppRoutes(mount: Mount, dependencies: WebAppRouteDependencies): void {
  mountPassportRoutes(mount, dependencies)
  mountSiteRoutes(mount, dependencies)
  mountServiceInfoRoutes(mount, dependencies)
}

function mountPassportRoutes(mount: Mount, { db, passports, features }: WebAppRouteDependencies): void {
  const isMember = async (code: string, request: FastifyRequest): Promise<boolean> => {
    const site = await findSite(db, { appCode: code })
    return site !== undefined && (await passports.findMember(request, site.tenant_id)) !== undefined
  }
  mount(passportRoutes.getPassport).to(async ({ query, request, reply }) => {
    const passport = await passports.issue(request, query.user_id)
    passports.setCookie(reply, readAppCode(request) ?? '', passport)
    return { access_token: passport }
  })
  mount(passportRoutes.getWebLoginStatus).to(async ({ query, request }) => ({
    logged_in: query.app_code !== undefined && (await isMember(query.app_code, request)),
    app_logged_in: await passports.authenticate(request).then(
      () => true,
      () => false,
    ),
  }))
  mount(passportRoutes.webLogout).to(async ({ request, reply }) => {
    passports.clearCookies(request, reply)
    return { result: 'success' }
  })
  mount(passportRoutes.getAccessMode).to(async ({ query }) => {
    // Asked of no app in particular, Dify answers so.
    if (!query.appCode && !query.appId) return { accessMode: 'public' as const }
    const site = await findSite(db, query)
    if (!site) throw new AppError('not_found')
    return { accessMode: site.access_mode }
  })
  mount(passportRoutes.getWebPermission).to(async ({ query, request }) => {
    const site = await findSite(db, query)
    if (!site) throw new AppError('not_found')
    return { result: site.access_mode === 'public' || (await passports.findMember(request, site.tenant_id)) !== undefined }
  })
  mount(passportRoutes.getWebSystemFeatures).to(async () => features)
}

/** The page of an app, by its code or by the app's id. */
async function findSite(db: Db, { appCode, appId }: { readonly appCode?: string | undefined; readonly appId?: string | undefined }) {
  if (appCode) return (await findByCode(db, appCode))?.site
  return db
    .selectFrom('sites')
    .selectAll()
    .where('app_id', '=', appId ?? '')
    .executeTakeFirst()
}

function mountSiteRoutes(mount: Mount, dependencies: WebAppRouteDependencies): void {
  const { db, icons, uploadLimits } = dependencies
  mount(web.getWebSite).to(async ({ actor }) => ({ ...(await describeWebSite(db, icons, actor)), end_user_id: actor.endUser.id }))
  mount(web.getWebParameters).to(async ({ actor }) => toAppParameters(await readParameters(dependencies, actor.app), uploadLimits))
  // Basic apps use no tools.
  mount(web.getWebMeta).to(async () => ({ tool_icons: {} }))
}

function mountServiceInfoRoutes(mount: Mount, dependencies: WebAppRouteDependencies): void {
  const { db, endUsers, icons, version, uploadLimits } = dependencies
  mount(service.getServiceRoot).to(async () => ({ welcome: 'Trellis OpenAPI', api_version: 'v1', server_version: version }))
  mount(service.getAppInfo).to(async ({ actor: { app } }) => {
    const author = await db.selectFrom('accounts').select('name').where('id', '=', app.created_by).executeTakeFirst()
    const tags = (await listTagsOfTargets(db, app.tenant_id, [app.id])).get(app.id) ?? []
    return { name: app.name, description: app.description, tags: tags.map((tag) => tag.name), mode: app.mode, author_name: author?.name }
  })
  mount(service.getAppParameters).to(async ({ actor }) => toAppParameters(await readParameters(dependencies, actor.app), uploadLimits))
  mount(service.getAppMeta).to(async () => ({ tool_icons: {} }))
  mount(service.getAppSite).to(async ({ actor }) => {
    const site = await db.selectFrom('sites').selectAll().where('app_id', '=', actor.app.id).executeTakeFirst()
    if (!site) throw new AppError('forbidden', { message: 'This app has no public page.' })
    return presentSite(site, icons)
  })
  mount(service.getEndUser).to(async ({ actor, params }) => {
    const endUser = await endUsers.find(actor.tenantId, actor.app.id, params.end_user_id)
    if (!endUser) throw new AppError('end_user_not_found')
    return {
      ...endUser,
      is_anonymous: fromFlag(endUser.is_anonymous) || endUser.session_id === ANONYMOUS_SESSION,
      created_at: new Date(endUser.created_at).toISOString(),
      updated_at: new Date(endUser.updated_at).toISOString(),
    }
  })
}

type ParameterDependencies = Pick<WebAppRouteDependencies, 'workflows' | 'getPublishedConfig' | 'findAnnotationReply'>

/** What the app tells its callers, by the way it is built. @throws `app_unavailable` until it is published */
async function readParameters(
  { workflows, getPublishedConfig, findAnnotationReply }: ParameterDependencies,
  app: AppsTable,
): Promise<ParameterSource> {
  // A setting of its own, whatever the configuration once said of it.
  const annotation_reply = { enabled: (await findAnnotationReply(app)) !== undefined }
  if (isWorkflowMode(app.mode)) return { ...toGraphConfig(await workflows.getPublished(app)), annotation_reply }
  return { ...toBasicSource((await getPublishedConfig(app)).value), annotation_reply }
}
