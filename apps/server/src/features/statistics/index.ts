import type { Mount } from '../../http/mount.ts'
import { mountStatisticRoutes, type StatisticRouteDependencies } from './statistics.routes.ts'

/** What goes through an app, in figures. */
export interface Statistics {
  mountRoutes(mount: Mount): void
}

export function createStatistics(dependencies: StatisticRouteDependencies): Statistics {
  return { mountRoutes: (mount) => mountStatisticRoutes(mount, dependencies) }
}
