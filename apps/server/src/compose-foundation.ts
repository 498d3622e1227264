import { accountPicturesOf } from './account-pictures.ts'
import type { ComposeOptions } from './compose.ts'
import { composeMetering, type Metering } from './compose-metering.ts'
import { composeSignIn, type SignInWays } from './compose-sign-in.ts'
import { cookieOptions } from './cookie-options.ts'
import { type Accounts, createAccounts, findAccountByEmail } from './features/accounts/index.ts'
import { type ApiExtensions, createApiExtensions } from './features/api-extensions/index.ts'
import { createEndUsers, type EndUsers } from './features/end-users/index.ts'
import { createFileService, type FileLinks, type FileService } from './features/files/index.ts'
import { createMail, type Mail } from './features/mail/index.ts'
import { createModels, type Models } from './features/models/index.ts'
import { createWorkspaceSecrets, type WorkspaceSecrets } from './features/secrets/index.ts'
import { createPassports, type Passports } from './features/web-apps/index.ts'
import { activateByInvitation, joinByInvitation } from './features/workspaces/index.ts'
import { fileLinksOf } from './file-links.ts'
import { systemFeaturesOf } from './system-features.ts'

/** Who comes in, what models there are, where files lie. */
export interface Foundation extends SignInWays {
  readonly accounts: Accounts
  readonly secrets: WorkspaceSecrets
  readonly metering: Metering
  readonly models: Models
  readonly apiExtensions: ApiExtensions
  readonly files: FileService
  readonly fileLinks: FileLinks
  readonly endUsers: EndUsers
  readonly passports: Passports
  readonly mail: Mail
}

export async function composeFoundation(options: ComposeOptions): Promise<Foundation> {
  const { config, platform, metrics, secretKey, version } = options
  const { clock, logger, storage, egress, cache } = platform
  const { db } = platform.database
  const secrets = createWorkspaceSecrets({ db, secretKey })
  const cookies = cookieOptions(config)
  const metering = composeMetering(options)
  const endUsers = createEndUsers({ db, clock, tableChanges: platform.tableChanges })
  const mail = composeMail(options)
  const fileLinks = fileLinksOf(config, { clock, secretKey })
  const pictures = accountPicturesOf(db, fileLinks)
  const accounts = createAccounts({
    pictures,
    db,
    clock,
    cache: cache.cache,
    logger,
    secrets,
    secretKey,
    version,
    cookies,
    initPassword: config.auth.initPassword,
    loginMaxFailures: config.auth.loginMaxFailures,
    loginLockoutSeconds: config.auth.loginLockoutSeconds,
    features: systemFeaturesOf(config),
    joinByInvitation: (account, token) => joinByInvitation({ db, clock }, { account, token }),
    activateInvited: (token, account) => activateByInvitation({ db, clock }, { proof: { token }, member: account }),
  })
  return {
    endUsers,
    secrets,
    metering,
    mail,
    accounts,
    ...composeSignIn(options, { accounts, mail }),
    models: await createModels({
      db,
      clock,
      logger,
      egress,
      secrets,
      liveEvents: cache.liveEvents,
      consoleApiUrl: config.urls.consoleApi ?? config.urls.basePaths.console,
      meter: metering.meter,
      onCall: metrics.modelCall,
      onStream: metrics.streamOpened,
    }),
    apiExtensions: createApiExtensions({ db, clock, logger, egress, secrets }),
    files: createFileService({
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
      connectTimeoutMs: config.egress.connectTimeoutMs,
      readTimeoutMs: config.egress.readTimeoutMs,
      maxRetries: config.egress.maxRetries,
    }),
    fileLinks,
    passports: createPassports({
      db,
      clock,
      endUsers,
      secretKey,
      isSecure: cookies.isSecure,
      cookiePath: config.urls.basePaths.published || '/',
      sessions: accounts,
    }),
  }
}

function composeMail({ config, platform: { mailer, queue, clock, logger, database }, secretKey }: ComposeOptions): Mail {
  return createMail({
    mailer,
    type: config.mail?.type,
    queue,
    clock,
    logger,
    secretKey,
    findReader: async (email) => {
      const account = await findAccountByEmail(database.db, email)
      return account && { language: account.interface_language, maySignIn: account.status === 'active' }
    },
  })
}
