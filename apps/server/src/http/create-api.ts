import type { Config } from '@trellis/config'
import type { FastifyInstance } from 'fastify'
import type { Features } from '../compose.ts'
import { cookieOptions } from '../cookie-options.ts'
import { mountAccountDeletion } from '../features/account-deletion/index.ts'
import { findOwner } from '../features/accounts/index.ts'
import { mountConsoleRunRoutes, mountServiceRunRoutes, mountWebRunRoutes } from '../features/app-runs/index.ts'
import { createAudit } from '../features/audit/index.ts'
import { mountFileRoutes } from '../features/files/index.ts'
import { mountGenerators } from '../features/generators/index.ts'
import { createAnswerSpeech, createSpeechService, mountSpeechRoutes } from '../features/speech/index.ts'
import { mountWebAppRoutes } from '../features/web-apps/index.ts'
import { createSuggestionConfigs } from '../features/workflows/index.ts'
import { iconFilesOf } from '../icon-files.ts'
import type { Metrics } from '../observability/index.ts'
import type { Platform } from '../platform.ts'
import { systemFeaturesOf } from '../system-features.ts'
import { type AddressLimitDependencies, limitByAddress, perMinute } from './address-limit.ts'
import { createGuard, type GuardDependencies } from './guard.ts'
import { createMount, type Mount } from './mount.ts'
import { serveWeb } from './serve-web.ts'
import { createHttpServer } from './server.ts'
import { mountSystemRoutes } from './system.routes.ts'

export interface ApiOptions {
  readonly config: Config
  readonly platform: Platform
  readonly features: Features
  readonly metrics: Metrics
  readonly secretKey: string
  readonly version: string
  /** Folder of the built pages; undefined: none are served. */
  readonly webFolder: string | undefined
  /** Tests: what a contract does not allow fails. */
  readonly isStrict: boolean
  /** False while the server drains. */
  readonly isServing: () => boolean
}

/** The HTTP server with every route on it, not yet listening. */
export async function createApi(options: ApiOptions): Promise<FastifyInstance> {
  const { config, platform, metrics, version } = options
  const server = await createHttpServer({
    logger: platform.logger,
    version,
    environment: config.deployEnvironment,
    cors: { consoleOrigins: config.server.consoleOrigins, webOrigins: config.server.webAppOrigins },
    trustProxy: config.server.trustsForwardedHeaders,
    basePaths: config.urls.basePaths,
    isSecure: cookieOptions(config).isSecure,
    maxBodyBytes: config.server.bodyMaxBytes,
    requestTimeoutMs: config.server.bodyTimeoutMs,
    isStrict: options.isStrict,
    isToldAway: platform.isToldAway,
    onResponse: metrics.httpRequest,
  })
  const guard = limitByAddress(createGuard(guardDependencies(options)), {
    rateLimiter: platform.cache.rateLimiter,
    logger: platform.logger,
    budgets: addressBudgets(config.auth),
    trustsForwardedHeaders: config.server.trustsForwardedHeaders,
  })
  const audit = createAudit({ db: platform.database.db, clock: platform.clock, logger: platform.logger })
  const mount = createMount(server, guard, audit.witness)
  mountFeatures(mount, options)
  audit.mountRoutes(mount)
  options.features.triggers.mountWebhooks(server)
  mountSystemRoutes(mount, options)
  if (options.webFolder) {
    await serveWeb(server, options.webFolder, { basePaths: config.urls.basePaths, frameAncestors: config.server.frameAncestors })
  }
  return server
}

function addressBudgets({ callsPerMinute, formCalls }: Config['auth']): AddressLimitDependencies['budgets'] {
  return {
    'sign-in': perMinute(callsPerMinute['sign-in']),
    setup: perMinute(callsPerMinute.setup),
    passport: perMinute(callsPerMinute.passport),
    mail: perMinute(callsPerMinute.mail),
    form: formCalls,
  }
}

function guardDependencies({ config, platform, features }: ApiOptions): GuardDependencies {
  const { accounts, apiKeys, passports } = features
  const { adminApiKey } = config.auth
  return {
    authenticateSession: accounts.login.authenticate,
    verifyCsrf: accounts.tokens.verifyCsrf,
    readCookie: accounts.cookies.read,
    authenticateAppKey: apiKeys.authenticateAppKey,
    authenticatePassport: passports.authenticate,
    isSetUp: async () => (await accounts.setup.findSetupTime()) !== undefined,
    consoleOrigins: config.server.consoleOrigins,
    admin:
      adminApiKey === undefined
        ? undefined
        : {
            key: adminApiKey,
            findOwner: async (tenantId) => {
              const owner = await findOwner(platform.database.db, tenantId)
              if (!owner) return undefined
              const { id: accountId, name, email } = owner
              return { type: 'account', accountId, name, email, tenantId, role: 'owner', sessionId: undefined }
            },
          },
  }
}

function mountFeatures(mount: Mount, { config, platform, features, version }: ApiOptions): void {
  const { apps, appRuns, endUsers, respond } = features
  const { db } = platform.database
  const { logger } = platform
  for (const slice of [features.accounts, features.mailedCodes, features.signIn, features.workspaces]) slice.mountRoutes(mount)
  for (const slice of [features.models, features.conversations, features.humanInput]) slice.mountRoutes(mount)
  for (const slice of [
    apps,
    features.tags,
    features.workflows,
    features.appConversion,
    features.appFiles,
    features.sites,
    features.apiKeys,
  ])
    slice.mountRoutes(mount)
  for (const slice of [features.logs, features.statistics, features.annotations, features.apiExtensions]) slice.mountRoutes(mount)
  mountGenerators(mount, {
    gateway: features.models.gateway,
    getApp: apps.getApp,
    nodeTypeOf: features.workflows.findDraftNodeType,
  })
  mountAccountDeletion(mount, {
    db,
    clock: platform.clock,
    accounts: features.accounts,
    mail: features.mail,
    codes: features.mailedCodes,
  })
  features.mail.mountRoutes(mount, { findAccount: features.accounts.account.get })
  features.metering.mountRoutes(mount, { timezoneOf: async (accountId) => (await features.accounts.account.get(accountId)).timezone })
  const chatflows = features.workflowRuns.openDoor({ appRuns, respond })
  const runs = { appRuns, respond, endUsers, chatflows, getPublishedConfig: apps.getPublishedConfig }
  const speech = createSpeechService({ db, logger, gateway: features.models.gateway, takeSlot: appRuns.takeSlot })
  mountServiceRunRoutes(mount, { ...runs, findAnswerSpeech: createAnswerSpeech({ speech, logger }) })
  mountWebRunRoutes(mount, runs)
  features.draftVariables.mountRoutes(mount)
  const workflowRoutes = {
    appRuns,
    respond,
    endUsers,
    getApp: apps.getApp,
    accountsOf: features.accounts.referencesOf,
    appWebUrl: config.urls.appWeb,
  }
  features.workflowRuns.mountRoutes(mount, workflowRoutes)
  features.triggers.mountRoutes(mount, features.workflowRuns.openDraftRuns(workflowRoutes))
  mountConsoleRunRoutes(mount, { appRuns, respond, db, getApp: apps.getApp, parseConfig: apps.parseConfig })
  mountSpeechRoutes(mount, {
    speech,
    endUsers,
    uploads: features.files.uploads,
    getApp: apps.getApp,
    configs: createSuggestionConfigs(apps, features.workflows),
  })
  mountFileRoutes(mount, {
    db,
    storage: platform.storage,
    files: features.files,
    links: features.fileLinks,
    endUsers,
    limits: config.uploads,
  })
  mountWebAppRoutes(mount, {
    db,
    endUsers,
    icons: iconFilesOf(db, features.fileLinks),
    passports: features.passports,
    version,
    features: systemFeaturesOf(config),
    workflows: features.workflows,
    getPublishedConfig: apps.getPublishedConfig,
    findAnnotationReply: features.annotations.preflight.findSwitchedOn,
    uploadLimits: {
      image_file_size_limit: config.uploads.imageMegabytes,
      video_file_size_limit: config.uploads.videoMegabytes,
      audio_file_size_limit: config.uploads.audioMegabytes,
      file_size_limit: config.uploads.documentMegabytes,
      workflow_file_upload_limit: config.uploads.filesPerRun,
    },
  })
}
