import {
  AppError,
  consoleHumanInputRoutes as editor,
  serviceHumanInputRoutes as service,
  webHumanInputRoutes as web,
} from '@trellis/contracts'
import type { AppsTable, Db } from '@trellis/db'
import type { Value } from '@trellis/values'
import type { FastifyRequest } from 'fastify'
import type { Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import type { EndUsers } from '../end-users/index.ts'
import { findRunById } from '../runs/index.ts'
import type { WebSiteReader } from '../web-apps/index.ts'
import { presentForm } from './form-definition.ts'
import type { ResolveFormFiles } from './form-files.ts'
import { type FormService, noSuchForm, type OpenedForm } from './forms.service.ts'
import { describePause } from './pause-details.ts'

export interface FormOwner {
  readonly tenantId: string
  readonly endUserId: string | null
  readonly accountId: string | null
}

export interface FormRouteDependencies {
  readonly db: Db
  readonly forms: FormService
  readonly endUsers: EndUsers
  /** Files that somebody has uploaded, or names by their addresses. */
  readonly filesOf: (owner: FormOwner) => ResolveFormFiles
  readonly readWebSite: WebSiteReader
  /** Of the published pages; undefined: where the request went. */
  readonly appWebUrl: string | undefined
}

export function mountFormRoutes(mount: Mount, dependencies: FormRouteDependencies): void {
  mountService(mount, dependencies)
  mountWeb(mount, dependencies)
  mountConsole(mount, dependencies)
}

const answerOf = ({ inputs, action }: { readonly inputs: Readonly<Record<string, unknown>>; readonly action: string }) => ({
  // The body was read as JSON.
  inputs: inputs as Readonly<Record<string, Value>>,
  action,
})

/** `/v1`: forms that whoever uses the app may answer. */
function mountService(mount: Mount, { forms, endUsers, filesOf }: FormRouteDependencies): void {
  const ofApp =
    (app: AppsTable) =>
    ({ form }: OpenedForm): boolean =>
      form.app_id === app.id
  mount(service.getServiceForm).to(async ({ actor, params }) => {
    const { form, recipient } = await forms.open(params.form_token, ofApp(actor.app))
    if (recipient.channel !== 'web_app') throw noSuchForm()
    return presentForm(form)
  })
  mount(service.submitServiceForm).to(async ({ actor, params, body }) => {
    const { form, recipient } = await forms.open(params.form_token, ofApp(actor.app))
    if (recipient.channel !== 'web_app') {
      throw new AppError('bad_request', { message: 'This token is for somebody else: the form is not answered by the Service API.' })
    }
    const { id } = await endUsers.findOrCreate({ tenantId: actor.tenantId, appId: actor.app.id }, body.user, 'service_api')
    const resolve = filesOf({ tenantId: actor.tenantId, endUserId: id, accountId: null })
    await forms.submit(form, answerOf(body), { id, resolve })
    return {}
  })
}

/** `/api`: whoever has the token. */
function mountWeb(mount: Mount, { forms, filesOf, readWebSite }: FormRouteDependencies): void {
  mount(web.getWebForm).to(async ({ params }) => {
    const { form } = await forms.open(params.form_token)
    const site = await readWebSite(form.app_id)
    if (!site) throw noSuchForm()
    return { ...presentForm(form), site }
  })
  mount(web.submitWebForm).to(async ({ params, body }) => {
    const { form } = await forms.open(params.form_token)
    // What is uploaded for a form belongs to it.
    const resolve = filesOf({ tenantId: form.tenant_id, endUserId: form.id, accountId: null })
    await forms.submit(form, answerOf(body), { id: null, resolve })
    return {}
  })
}

/** `/console/api`: editors, for trial runs and in the place of those who were asked. */
function mountConsole(mount: Mount, { db, forms, filesOf, appWebUrl }: FormRouteDependencies): void {
  const ofWorkspace =
    (tenantId: string) =>
    ({ form }: OpenedForm): boolean =>
      form.tenant_id === tenantId
  mount(editor.getConsoleForm).to(async ({ actor, params }) =>
    presentForm((await forms.open(params.form_token, ofWorkspace(actor.tenantId))).form),
  )
  mount(editor.submitConsoleForm).to(async ({ actor, params, body }) => {
    const { form } = await forms.open(params.form_token, ofWorkspace(actor.tenantId))
    const resolve = filesOf({ tenantId: actor.tenantId, endUserId: null, accountId: actor.accountId })
    await forms.submit(form, answerOf(body), { id: actor.accountId, resolve })
    return {}
  })
  mount(editor.getPauseDetails).to(async ({ actor, params, request }) => {
    const run = await findRunById(db, params.run_id)
    if (run?.tenant_id !== actor.tenantId || run.workflow_id === null) throw new AppError('not_found', { message: 'There is no such run.' })
    return describePause(db, run, baseUrlOf(request, appWebUrl))
  })
}

const baseUrlOf = (request: FastifyRequest, appWebUrl: string | undefined): string => appWebUrl ?? requestOrigin(request)
