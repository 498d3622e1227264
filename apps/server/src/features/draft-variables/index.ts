import type { Mount } from '../../http/mount.ts'
import { type DraftVariableRouteDependencies, mountDraftVariableRoutes } from './draft-variables.routes.ts'
import { createDraftVariableService, type DraftVariableService, type DraftVariablesDependencies } from './draft-variables.service.ts'

/** What trial runs leave of variables: kept a while, looked at, changed, used by further runs. */
export interface DraftVariables extends DraftVariableService {
  mountRoutes(mount: Mount): void
}

export function createDraftVariables(
  dependencies: DraftVariablesDependencies & Pick<DraftVariableRouteDependencies, 'fileLinks' | 'getApp'>,
): DraftVariables {
  const variables = createDraftVariableService(dependencies)
  return { ...variables, mountRoutes: (mount) => mountDraftVariableRoutes(mount, { ...dependencies, variables }) }
}

export { findDraftVariableFiles } from './draft-variables.repository.ts'
export { LeftVariables } from './left-variables.ts'
export type { PlacedVariable, VariableOwner } from './placed-variable.ts'
