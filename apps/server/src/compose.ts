import type { Config } from '@trellis/config'
import type { JobRegistration } from '@trellis/spec'
import type { BeatEntry } from './beat.ts'
import { composeAnnotations } from './compose-annotations.ts'
import { composeFoundation, type Foundation } from './compose-foundation.ts'
import { composeTriggers } from './compose-triggers.ts'
import { composeWorkflowRuns } from './compose-workflow-runs.ts'
import type { Annotations } from './features/annotations/index.ts'
import type { ApiExtensions } from './features/api-extensions/index.ts'
import { type ApiKeys, createApiKeys } from './features/api-keys/index.ts'
import { type AppConversion, createAppConversion } from './features/app-conversion/index.ts'
import { type AppFiles, createAppFiles } from './features/app-files/index.ts'
import { type AppRuns, createAppRuns, createDoorkeeper, type RespondDependencies } from './features/app-runs/index.ts'
import { type Apps, createApps } from './features/apps/index.ts'
import { type Conversations, createConversations } from './features/conversations/index.ts'
import type { DraftVariables } from './features/draft-variables/index.ts'
import { createExternalData, createExternalDataCheck } from './features/external-data/index.ts'
import { createAttachments } from './features/files/index.ts'
import { findHumanInput, type HumanInput } from './features/human-input/index.ts'
import { createLogs, type Logs } from './features/logs/index.ts'
import type { Models } from './features/models/index.ts'
import { createModeration, createModerationCheck, type Moderation } from './features/moderation/index.ts'
import { type BuiltinProvider, hasTool } from './features/node-services/index.ts'
import { createReaper, type Reaper, type RunHost } from './features/runs/index.ts'
import { createSites, type Sites } from './features/sites/index.ts'
import { createSpeechCheck } from './features/speech/index.ts'
import { createStatistics, type Statistics } from './features/statistics/index.ts'
import { createTags, type Tags } from './features/tags/index.ts'
import { createVersionTriggers, type Triggers } from './features/triggers/index.ts'
import { createTurns, type Preflight } from './features/turns/index.ts'
import type { WorkflowRunsFeature } from './features/workflow-runs/index.ts'
import { createDraftStore, createSuggestionConfigs, createWorkflows, type Workflows } from './features/workflows/index.ts'
import { createWorkspaces, type Workspaces } from './features/workspaces/index.ts'
import { fileModelsOf } from './file-models.ts'
import { humanInputOf } from './human-input-of.ts'
import { iconFilesOf } from './icon-files.ts'
import type { Metrics } from './observability/index.ts'
import type { Platform } from './platform.ts'
import { interruptRows, openRunHost } from './run-host-of.ts'
import { scheduledWork } from './scheduled-work.ts'

export interface ComposeOptions {
  readonly config: Config
  readonly platform: Platform
  readonly metrics: Metrics
  readonly secretKey: string
  readonly version: string
  readonly toolProviders?: readonly BuiltinProvider[] | undefined
}

/** The whole product, wired by hand: each slice gets what it asks for, and nothing else knows them all. */
export interface Features extends Foundation, Building, Running {
  readonly annotations: Annotations
  readonly triggers: Triggers
  readonly jobs: readonly JobRegistration[]
  /** What one process of all does by the clock. */
  readonly scheduled: readonly BeatEntry[]
  /** Runs may go on for `graceMs`. */
  close(graceMs: number): Promise<void>
}

export async function composeFeatures(options: ComposeOptions): Promise<Features> {
  const foundation = await composeFoundation(options)
  const building = composeBuilding(options, foundation)
  const annotations = composeAnnotations(options, { ...foundation, ...building })
  const { logger } = options.platform
  const moderation = createModeration({ gateway: foundation.models.gateway, extensions: foundation.apiExtensions, logger })
  const preflights = [moderation.preflight, annotations.preflight, createExternalData(foundation.apiExtensions)]
  const { findOutputCheck } = moderation
  const running = await composeRunning(options, { ...foundation, preflights, findOutputCheck }, building)
  const triggers = composeTriggers(options, { ...foundation, ...building, ...running })
  return {
    ...foundation,
    ...building,
    ...running,
    annotations,
    triggers,
    scheduled: [...scheduledWork(options, { ...foundation, ...building, ...running }), ...triggers.scheduled],
    jobs: [...foundation.mail.jobs, ...building.apps.jobs, ...running.conversations.jobs, ...annotations.jobs, ...triggers.jobs],
    async close(graceMs) {
      await running.runHost.close(graceMs)
      await running.reaper.close()
      await building.apiKeys.close()
      await foundation.metering.close()
    },
  }
}

/** What people build: apps, their pages and keys, the workspaces that hold them. */
interface Building {
  readonly apps: Apps
  readonly workflows: Workflows
  readonly appConversion: AppConversion
  readonly appFiles: AppFiles
  readonly tags: Tags
  readonly sites: Sites
  readonly apiKeys: ApiKeys
  readonly workspaces: Workspaces
}

function composeBuilding(
  { config, platform, toolProviders }: ComposeOptions,
  { accounts, models, apiExtensions, secrets, fileLinks, mail, mailedCodes }: Foundation,
): Building {
  const { clock, logger, queue } = platform
  const { db } = platform.database
  const files = iconFilesOf(db, fileLinks)
  const sites = createSites({ db, clock, files })
  const checkSections = createSectionCheck(models.gateway, apiExtensions)
  const drafts = createDraftStore({ db, secrets, maxVariableBytes: config.workflows.maxVariableBytes })
  const apps = createApps({
    db,
    clock,
    queue,
    sites,
    drafts,
    files,
    models: {
      findDefaultModel: models.findDefaultChoice,
      describeModel: (choice) => models.gateway.describeModel({ ...choice, type: 'llm' }),
      checkSections,
    },
    languageOf: async (accountId) => (await accounts.account.get(accountId)).interface_language,
    urls: { serviceApi: config.urls.serviceApi, appWeb: config.urls.appWeb },
    limits: config.limits,
    namesOf: accounts.namesOf,
  })
  const triggers = createVersionTriggers({ clock })
  const workflows = createWorkflows({ db, clock, apps, store: drafts, secrets, triggers, checkSections, accountsOf: accounts.referencesOf })
  return {
    apps,
    workflows,
    appConversion: createAppConversion({ apps, store: drafts }),
    appFiles: createAppFiles({
      apps,
      workflows,
      store: drafts,
      cache: platform.cache.cache,
      egress: platform.egress,
      models: fileModelsOf(models),
      sealsDatasetIds: config.workflows.sealsDatasetIds,
      hasTool: hasTool(toolProviders),
    }),
    tags: createTags({ db, clock, getApp: apps.getApp }),
    sites,
    apiKeys: createApiKeys({ db, clock, logger, tableChanges: platform.tableChanges, apps }),
    workspaces: createWorkspaces({
      db,
      clock,
      secrets,
      allowsCreation: config.auth.allowsWorkspaceCreation,
      countApps: apps.countApps,
      invitationLifetimeMs: config.auth.invitationLifetimeMs,
      consoleWebUrl: config.urls.consoleWeb,
      mail,
      pictures: files,
      codes: mailedCodes,
      accounts: accounts.account,
    }),
  }
}

/** What happens when apps are used. */
interface Running {
  readonly runHost: RunHost
  readonly reaper: Reaper
  readonly appRuns: AppRuns
  readonly conversations: Conversations
  readonly logs: Logs
  readonly statistics: Statistics
  readonly respond: RespondDependencies
  readonly draftVariables: DraftVariables
  readonly workflowRuns: WorkflowRunsFeature
  readonly humanInput: HumanInput
}

interface Ground extends Foundation, Pick<Moderation, 'findOutputCheck'> {
  /** What looks at turns before they are answered, in this order. */
  readonly preflights: readonly Preflight[]
}

async function composeRunning(options: ComposeOptions, foundation: Ground, building: Building): Promise<Running> {
  const { config, platform, metrics } = options
  const { clock, logger, queue, storage, cache } = platform
  const { db } = platform.database
  const { accounts, endUsers, fileLinks, metering, models, preflights, findOutputCheck } = foundation
  const { gateway } = models
  const { apps } = building
  const runHost = await openRunHost(options)
  const conversations = createConversations({
    db,
    clock,
    logger,
    queue,
    gateway,
    endUsers,
    fileLinks,
    findHumanInput,
    apps,
    configs: createSuggestionConfigs(apps, building.workflows),
  })
  const sendsUrls = config.limits.fileSendFormat === 'url' && config.urls.files !== undefined
  const attachments = createAttachments({ db, storage, toPublicUrl: sendsUrls ? fileLinks.signedUrl : undefined })
  const { onConversationOpened } = conversations
  const runMaxSeconds = config.limits.runMaxSeconds
  const shared = { db, clock, runHost, onConversationOpened, preflights, findOutputCheck, runMaxSeconds }
  const turns = createTurns({ ...shared, gateway, attachments })
  const interrupt = interruptRows(clock)
  const workflowParts = composeWorkflowRuns({ ...options, ...foundation, ...building, ...shared, attachments, sendsUrls, interrupt })
  const { wake, takeUp } = workflowParts.workflowRuns
  const timezoneOf = async (accountId: string) => (await accounts.account.get(accountId)).timezone
  return {
    runHost,
    ...workflowParts,
    humanInput: humanInputOf(options, foundation, wake),
    conversations,
    logs: createLogs({ db, clock, apps, fileLinks, findHumanInput, timezoneOf }),
    statistics: createStatistics({ db, clock, apps, timezoneOf, listSpending: metering.listSpending }),
    // Alone: the data folder is locked by this process, so whoever else ran here is gone.
    reaper: createReaper({
      db,
      clock,
      logger,
      host: runHost,
      interrupt,
      takeUp,
      isAlone: isAlone(config),
    }),
    appRuns: createAppRuns({
      db,
      clock,
      turns,
      runHost,
      liveEvents: cache.liveEvents,
      wake,
      doorkeeper: createDoorkeeper({ ...cache, limits: config.limits }),
    }),
    respond: { db, liveEvents: cache.liveEvents, host: runHost, logger, onStream: metrics.streamOpened },
  }
}

/** What of an app needs more than its own configuration to work: told where it is published. */
function createSectionCheck(gateway: Models['gateway'], extensions: ApiExtensions): (tenantId: string, sections: object) => Promise<void> {
  const { findDefaultModel } = gateway
  const hasExtension = extensions.has
  const checks = [
    createSpeechCheck(gateway),
    createModerationCheck({ findDefaultModel, hasExtension }),
    createExternalDataCheck(hasExtension),
  ]
  return async (tenantId, sections) => {
    for (const check of checks) await check(tenantId, sections)
  }
}

/** One process with a database of its own: nobody else can be executing runs. */
export const isAlone = ({ role, database }: Config): boolean => role === 'all' && database.type === 'sqlite'
