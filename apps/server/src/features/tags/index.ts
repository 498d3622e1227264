import type { Mount } from '../../http/mount.ts'
import { mountTagRoutes } from './tags.routes.ts'
import { createTagService, type TagServiceDependencies } from './tags.service.ts'

/** Tags of a workspace, and what they are bound to. */
export interface Tags {
  mountRoutes(mount: Mount): void
}

export function createTags(dependencies: TagServiceDependencies): Tags {
  const service = createTagService(dependencies)
  return { mountRoutes: (mount) => mountTagRoutes(mount, service) }
}

export { type BoundTag, deleteBindingsOfTarget, listTagsOfTargets } from './tags.repository.ts'
