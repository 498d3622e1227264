import { consoleSiteRoutes as routes } from '@trellis/contracts'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { presentSavedSite } from './present-site.ts'
import type { SiteOwner, SiteService } from './sites.service.ts'

const toOwner = ({ tenantId, accountId }: AccountActor, params: { readonly app_id: string }): SiteOwner => ({
  tenantId,
  accountId,
  appId: params.app_id,
})

export function mountSiteRoutes(mount: Mount, sites: SiteService): void {
  mount(routes.updateSite).to(async ({ actor, params, body }) => presentSavedSite(await sites.update(toOwner(actor, params), body)))
  mount(routes.resetSiteCode).to(async ({ actor, params }) => presentSavedSite(await sites.resetCode(toOwner(actor, params))))
}
