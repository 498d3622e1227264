import type { ComposeOptions, Features } from './compose.ts'
import { findOwner } from './features/accounts/index.ts'
import { createTriggers, type Triggers } from './features/triggers/index.ts'

type Parts = Pick<Features, 'apps' | 'workflows' | 'workflowRuns' | 'appRuns' | 'endUsers' | 'files' | 'fileLinks'>

/** What starts runs by itself comes last: it needs what runs them. */
export function composeTriggers({ config, platform }: ComposeOptions, parts: Parts): Triggers {
  const { apps, workflows, workflowRuns, appRuns, endUsers, files, fileLinks } = parts
  return createTriggers({
    ...platform,
    ...config.triggers,
    db: platform.database.db,
    cache: platform.cache.cache,
    apps,
    workflows,
    findApp: apps.findApp,
    findOwner,
    endUsers,
    files,
    fileLinks,
    appRuns,
    runs: workflowRuns,
    baseUrl: config.urls.triggers,
  })
}
