import type { Config } from '@trellis/config'
import type { JobRegistration } from '@trellis/spec'
import { type Accounts, createAccounts } from './features/accounts/index.ts'
import { type ApiKeys, createApiKeys } from './features/api-keys/index.ts'
import { type AppRuns, createAppRuns, type RespondDependencies } from './features/app-runs/index.ts'
import { type Apps, createApps } from './features/apps/index.ts'
import { createEndUsers, type EndUsers } from './features/end-users/index.ts'
import { createAttachments, createFileLinks, createFileService, type FileLinks, type FileService } from './features/files/index.ts'
import { createModels, type Models } from './features/models/index.ts'
import { createReaper, createRunHost, type Reaper, type RunHost } from './features/runs/index.ts'
import { createWorkspaceSecrets, type WorkspaceSecrets } from './features/secrets/index.ts'
import { createSites, type Sites } from './features/sites/index.ts'
import { createTurns, interruptMessage } from './features/turns/index.ts'
import { createPassports, type Passports } from './features/web-apps/index.ts'
import { createWorkspaces, type Workspaces } from './features/workspaces/index.ts'
import { iconFilesOf } from './icon-files.ts'
import type { Metrics } from './observability/index.ts'
import type { Platform } from './platform.ts'

export interface ComposeOptions {
  readonly config: Config
  readonly platform: Platform
  readonly metrics: Metrics
  readonly secretKey: string
  readonly version: string
}

/** The whole product, wired by hand: each slice gets what it asks for, and nothing else knows them all. */
export interface Features {
  readonly accounts: Accounts
  readonly apiKeys: ApiKeys
  readonly appRuns: AppRuns
  readonly apps: Apps
  readonly endUsers: EndUsers
  readonly fileLinks: FileLinks
  readonly files: FileService
  readonly models: Models
  readonly passports: Passports
  readonly reaper: Reaper
  readonly respond: RespondDependencies
  readonly runHost: RunHost
  readonly secrets: WorkspaceSecrets
  readonly sites: Sites
  readonly workspaces: Workspaces
  readonly jobs: readonly JobRegistration[]
  close(): Promise<void>
}

export async function composeFeatures(options: ComposeOptions): Promise<Features> {
  const { config, platform, metrics, secretKey, version } = options
  const { clock, logger, queue, storage, egress, cache } = platform
  const { db } = platform.database
  const secrets = createWorkspaceSecrets({ db, secretKey })
  const accounts = createAccounts({
    db,
    clock,
    cache: cache.cache,
    secrets,
    secretKey,
    version,
    cookies: cookieOptions(config),
    initPassword: config.auth.initPassword,
    loginMaxFailures: config.auth.loginMaxFailures,
    loginLockoutSeconds: config.auth.loginLockoutSeconds,
    features: config.auth,
  })
  const endUsers = createEndUsers({ db, clock })
  const models = await createModels({ db, clock, secrets, liveEvents: cache.liveEvents, egress, logger, onCall: metrics.modelCall })
  const { gateway } = models
  const fileLinks = createFileLinks({
    clock,
    secretKey,
    baseUrl: config.urls.files ?? config.urls.consoleApi ?? '',
    lifetimeSeconds: config.urls.fileLinkLifetimeSeconds,
  })
  const files = createFileService({
    db,
    clock,
    storage,
    egress,
    megabytes: {
      document: config.uploads.documentMegabytes,
      image: config.uploads.imageMegabytes,
      audio: config.uploads.audioMegabytes,
      video: config.uploads.videoMegabytes,
    },
    refusedExtensions: config.uploads.refusedExtensions,
  })
  const attachments = createAttachments({
    db,
    storage,
    toPublicUrl: config.limits.fileSendFormat === 'url' && config.urls.files ? (id) => fileLinks.signedUrl(id) : undefined,
  })
  const iconFiles = iconFilesOf(db, fileLinks)
  const sites = createSites({ db, clock, files: iconFiles })
  const apps = createApps({
    db,
    clock,
    queue,
    sites,
    files: iconFiles,
    models: {
      findDefaultModel: models.findDefaultChoice,
      describeModel: (choice) => gateway.describeModel({ ...choice, type: 'llm' }),
    },
    languageOf: async (accountId) => (await accounts.account.get(accountId)).interface_language,
    urls: { serviceApi: config.urls.serviceApi, appWeb: config.urls.appWeb },
    namesOf: accounts.namesOf,
  })
  const apiKeys = createApiKeys({ db, clock, logger, apps })
  const workspaces = createWorkspaces({ db, clock, countApps: apps.countApps })
  const runHost = await createRunHost({
    db,
    liveEvents: cache.liveEvents,
    clock,
    logger,
    onStarted: ({ kind }) => metrics.runStarted({ mode: kind }),
    onFinished: ({ kind, status, seconds }) => metrics.runFinished({ mode: kind, outcome: status, seconds }),
  })
  const reaper = createReaper({
    db,
    clock,
    logger,
    host: runHost,
    interrupt: interruptMessage,
    isAlone: config.role === 'all' && !config.redis,
  })
  const turns = createTurns({
    db,
    clock,
    gateway,
    runHost,
    attachments,
    runMaxSeconds: config.limits.runMaxSeconds,
    onConversationOpened: async () => undefined,
  })
  const appRuns = createAppRuns({
    db,
    clock,
    turns,
    runHost,
    liveEvents: cache.liveEvents,
    concurrency: cache.concurrency,
    activeRunsByDefault: config.limits.activeRunsPerAppByDefault,
    activeRunsAtMost: config.limits.activeRunsPerApp,
  })
  const passports = createPassports({ db, endUsers, secretKey, isSecure: cookieOptions(config).isSecure })
  return {
    accounts,
    apiKeys,
    appRuns,
    apps,
    endUsers,
    fileLinks,
    files,
    models,
    passports,
    reaper,
    respond: { db, liveEvents: cache.liveEvents, host: runHost, logger, onStream: metrics.streamOpened },
    runHost,
    secrets,
    sites,
    workspaces,
    jobs: [...apps.jobs],
    async close() {
      await runHost.close(config.server.shutdownGraceMs)
      await reaper.close()
      await apiKeys.close()
    },
  }
}

/** Cookies are for https only where every address of the console is https. */
export function cookieOptions({ urls, server, auth }: Config) {
  const addresses = [urls.consoleApi, urls.consoleWeb].filter((address) => address !== undefined)
  return {
    isSecure: addresses.length > 0 && addresses.every((address) => address.startsWith('https://')),
    domain: server.cookieDomain,
    accessLifetimeSeconds: auth.accessTokenLifetimeSeconds,
    refreshLifetimeSeconds: auth.refreshTokenLifetimeSeconds,
  }
}
