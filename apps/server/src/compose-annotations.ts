import type { ComposeOptions, Features } from './compose.ts'
import { findOwner } from './features/accounts/index.ts'
import { type Annotations, createAnnotations } from './features/annotations/index.ts'

type Parts = Pick<Features, 'apps' | 'models' | 'files'>

export const composeAnnotations = ({ config, platform }: ComposeOptions, { apps, models, files }: Parts): Annotations =>
  createAnnotations({
    ...platform,
    ...platform.cache,
    db: platform.database.db,
    gateway: models.gateway,
    uploads: files.uploads,
    limits: config.annotationImports,
    getApp: apps.getApp,
    findOwner,
  })
