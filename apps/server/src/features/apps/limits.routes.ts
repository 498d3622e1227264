import type { Config } from '@trellis/config'
import { consoleAppLimitRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { AppRow } from './apps.repository.ts'
import type { AppService } from './apps.service.ts'

export interface AppLimitDependencies {
  readonly apps: Pick<AppService, 'get' | 'update'>
  /** What holds for each app of this server. */
  readonly limits: Pick<Config['limits'], 'activeRunsPerAppByDefault' | 'activeRunsPerApp' | 'requestsPerApp'>
}

export function mountAppLimitRoutes(mount: Mount, { apps, limits }: AppLimitDependencies): void {
  const { minute, hour, day } = limits.requestsPerApp
  const ceilings = {
    max_active_requests: limits.activeRunsPerApp,
    requests_per_minute: minute,
    requests_per_hour: hour,
    requests_per_day: day,
  }
  const present = (app: AppRow) => ({
    ...toLimits(app),
    ceilings: toLimits(ceilings),
    default_active_requests: limits.activeRunsPerAppByDefault || null,
  })
  mount(routes.getAppLimits).to(async ({ actor, params }) => present(await apps.get(actor.tenantId, params.app_id)))
  mount(routes.updateAppLimits).to(async ({ actor, params, body }) => {
    // What the body does not name is not among its keys.
    const change: Partial<typeof body> = Object.fromEntries(Object.entries(body).map(([name, limit]) => [name, limit || null]))
    return present(await apps.update(actor, params.app_id, change as Partial<AppRow>)) // none of the values is undefined
  })
}

type Limits = Pick<AppRow, 'max_active_requests' | 'requests_per_minute' | 'requests_per_hour' | 'requests_per_day'>

/** 0 is no limit as well. */
const toLimits = (limits: Limits): Limits => ({
  max_active_requests: limits.max_active_requests || null,
  requests_per_minute: limits.requests_per_minute || null,
  requests_per_hour: limits.requests_per_hour || null,
  requests_per_day: limits.requests_per_day || null,
})
