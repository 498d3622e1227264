import { consoleRoutes } from '../console/index.ts'
import { fileRoutes } from '../files/routes.ts'
import { serviceRoutes } from '../service/index.ts'
import { openApiRoutes, systemRoutes } from '../system/routes.ts'
import { webRoutes } from '../web/index.ts'
import type { RouteContract } from './define-route.ts'

/** Every route of every surface: for OpenAPI, and for tests that walk them all. */
export const allRoutes: readonly RouteContract[] = [
  serviceRoutes,
  consoleRoutes,
  webRoutes,
  fileRoutes,
  systemRoutes,
  openApiRoutes,
].flatMap((routes) => Object.values(routes))
