import { ApiError } from '@trellis/client'
import type { AppParameters, WebSite } from '@trellis/contracts'
import type { WebAppApi } from './api/web-app-api.ts'

/** `members`: the page is for members who are signed in; `strangers`: whoever is signed in is none. */
export type BootFault = 'unknown' | 'off' | 'unready' | 'failed' | 'members' | 'strangers'

export type Boot =
  | { readonly status: 'ready'; readonly site: WebSite['site']; readonly parameters: AppParameters }
  | { readonly status: 'faulty'; readonly fault: BootFault; readonly site: WebSite['site'] | undefined; readonly error: unknown }

/** Asks for what a page needs before it shows anything. A passport of an earlier visit that is not taken any more is exchanged for a new one. */
export async function bootApp(api: Pick<WebAppApi, 'getSite' | 'getParameters' | 'renewPassport'>): Promise<Boot> {
  let site: WebSite['site'] | undefined
  try {
    site = await getSite(api)
    return { status: 'ready', site, parameters: await api.getParameters() }
  } catch (error) {
    return { status: 'faulty', fault: faultOf(error), site, error }
  }
}

async function getSite(api: Pick<WebAppApi, 'getSite' | 'renewPassport'>): Promise<WebSite['site']> {
  try {
    return (await api.getSite()).site
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 401, 404].includes(error.status) || !api.renewPassport()) throw error
    return (await api.getSite()).site
  }
}

function faultOf(error: unknown): BootFault {
  if (!(error instanceof ApiError)) return 'failed'
  if (error.code === 'app_unavailable') return 'unready'
  if (error.code === 'web_sso_auth_required') return 'members'
  if (error.code === 'web_app_access_denied') return 'strangers'
  if (error.status === 404) return 'unknown'
  return [400, 401, 403].includes(error.status) ? 'off' : 'failed'
}
