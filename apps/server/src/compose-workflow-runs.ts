import type { Config } from '@trellis/config'
import type { Apps } from './features/apps/index.ts'
import { createDraftVariables, type DraftVariables } from './features/draft-variables/index.ts'
import { type createAttachments, type FileLinks, type FileService, listUploadsOpenTo } from './features/files/index.ts'
import type { Models } from './features/models/index.ts'
import { type BuiltinProvider, createNodeServices, toNodeLimits } from './features/node-services/index.ts'
import type { InterruptRows, RunHost } from './features/runs/index.ts'
import type { FindOutputCheck, OnConversationOpened, Preflight } from './features/turns/index.ts'
import { createInputFiles, createWorkflowRuns, systemFiles, type WorkflowRunsFeature } from './features/workflow-runs/index.ts'
import type { Workflows } from './features/workflows/index.ts'
import type { Platform } from './platform.ts'

export interface WorkflowRunParts {
  readonly config: Config
  readonly platform: Platform
  readonly apps: Apps
  readonly workflows: Workflows
  readonly models: Models
  readonly files: FileService
  readonly fileLinks: FileLinks
  readonly attachments: ReturnType<typeof createAttachments>
  readonly sendsUrls: boolean
  readonly toolProviders?: readonly BuiltinProvider[] | undefined
  readonly runHost: RunHost
  readonly onConversationOpened: OnConversationOpened
  readonly runMaxSeconds: number
  readonly preflights: readonly Preflight[]
  readonly findOutputCheck: FindOutputCheck
  readonly interrupt: InterruptRows
}

/** What runs workflows, and what their trials leave. */
export function composeWorkflowRuns({ config, platform, apps, workflows, toolProviders, ...parts }: WorkflowRunParts): {
  readonly draftVariables: DraftVariables
  readonly workflowRuns: WorkflowRunsFeature
} {
  const { clock, logger } = platform
  const { db } = platform.database
  const { fileLinks } = parts
  const inputFiles = createInputFiles({ db, fileLinks })
  const draftVariables = createDraftVariables({
    db,
    clock,
    workflows,
    fileLinks,
    getApp: apps.getApp,
    filesOf: (owner) => (mappings) =>
      inputFiles({ ...owner, endUserId: null }, (ids) => listUploadsOpenTo(db, owner, ids))(mappings, systemFiles),
  })
  const servicesFor = createNodeServices({
    ...platform,
    ...parts,
    db,
    gateway: parts.models.gateway,
    limits: toNodeLimits(config),
    ...(toolProviders ? { toolProviders } : {}),
  })
  const workflowRuns = createWorkflowRuns({
    ...parts,
    db,
    clock,
    logger,
    workflows,
    draftVariables,
    findApp: apps.findApp,
    servicesFor,
    liveEvents: platform.cache.liveEvents,
    ...config.workflows,
    limits: config.workflows,
  })
  return { draftVariables, workflowRuns }
}
