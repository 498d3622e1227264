import { consoleRoutes } from '../console/index.ts'
import { serviceRoutes } from '../service/index.ts'
import type { RouteContract } from './define-route.ts'

/** Every route of every surface: for OpenAPI, and for tests that walk them all. */
export const allRoutes: readonly RouteContract[] = [...Object.values(serviceRoutes), ...Object.values(consoleRoutes)]
