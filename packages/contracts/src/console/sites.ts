import { savedSiteSchema, siteUpdateInput } from '../entities/site.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, editing } from '../routes/roles.ts'
import { appParams } from './apps.ts'

export const consoleSiteRoutes = {
  updateSite: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/site',
    summary: 'Change the public page',
    tag: 'Apps',
    auth: editing,
    params: appParams,
    body: siteUpdateInput,
    responses: { 200: savedSiteSchema },
    errors: ['app_not_found'],
  }),
  resetSiteCode: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/apps/:app_id/site/access-token-reset',
    summary: 'Give the public page a new address; the old one stops working',
    tag: 'Apps',
    auth: administering,
    params: appParams,
    responses: { 200: savedSiteSchema },
    errors: ['app_not_found'],
  }),
}
