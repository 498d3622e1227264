import type { Mount } from '../../http/mount.ts'
import { mountAppFileRoutes } from './app-files.routes.ts'
import type { ExportDependencies } from './export.service.ts'
import { createImportService, type ImportDependencies } from './import.service.ts'
import { createNeedsService, type NeedsDependencies } from './needs.service.ts'

export type AppFilesDependencies = ImportDependencies & ExportDependencies & NeedsDependencies

/** Apps as files, in and out: Dify's DSL. */
export interface AppFiles {
  mountRoutes(mount: Mount): void
}

export function createAppFiles(dependencies: AppFilesDependencies): AppFiles {
  const imports = createImportService(dependencies)
  const needs = createNeedsService(dependencies)
  return { mountRoutes: (mount) => mountAppFileRoutes(mount, { ...dependencies, imports, needs }) }
}

export type { FileModels } from './needs.service.ts'
