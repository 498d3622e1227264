import type { Mount } from '../../http/mount.ts'
import { mountSiteRoutes } from './sites.routes.ts'
import { createSiteService, type SiteService, type SiteServiceDependencies } from './sites.service.ts'

/** The public pages of apps: each app has one from its creation on. */
export interface Sites extends Pick<SiteService, 'find' | 'findByCode' | 'createFor' | 'deleteOf'> {
  mountRoutes(mount: Mount): void
}

export function createSites(dependencies: SiteServiceDependencies): Sites {
  const service = createSiteService(dependencies)
  return {
    find: service.find,
    findByCode: service.findByCode,
    createFor: service.createFor,
    deleteOf: service.deleteOf,
    mountRoutes: (mount) => mountSiteRoutes(mount, service),
  }
}

export { assertIcon, type IconFiles, iconUrl } from './icons.ts'
export { presentSite } from './present-site.ts'
export { findSiteIcons, type SiteRow } from './sites.repository.ts'
