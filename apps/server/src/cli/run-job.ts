import { parseArgs } from 'node:util'
import type { Config, Warning } from '@trellis/config'
import { AppError, newPassword } from '@trellis/contracts'
import { randomToken } from '@trellis/kit'
import type { Clock, Logger } from '@trellis/spec'
import { accountPicturesOf } from '../account-pictures.ts'
import { cookieOptions } from '../cookie-options.ts'
import { openDataFolder } from '../data-folder.ts'
import { createAccounts } from '../features/accounts/index.ts'
import { createWorkspaceSecrets } from '../features/secrets/index.ts'
import { activateByInvitation, joinByInvitation } from '../features/workspaces/index.ts'
import { fileLinksOf } from '../file-links.ts'
import { createPlatform, type Platform } from '../platform.ts'
import { systemFeaturesOf } from '../system-features.ts'
import { DIFY_COMPATIBLE_VERSION } from '../version.ts'
import { runDoctorCommand } from './doctor-command.ts'
import { print, printError } from './output.ts'

export interface JobOptions {
  readonly config: Config
  readonly warnings: readonly Warning[]
  readonly clock: Clock
  readonly logger: Logger
  readonly arguments: readonly string[]
}

interface JobCommand {
  readonly options: Readonly<Record<string, { readonly type: 'string' }>>
  readonly usage: string
  run(platform: Platform, values: Readonly<Record<string, string | undefined>>, options: JobOptions): Promise<void>
}

/** Commands for whoever operates the installation, by Dify's names (runtime 4). */
const commands: Readonly<Record<string, JobCommand>> = {
  'upgrade-db': {
    options: {},
    usage: 'npm run trellis -- job upgrade-db',
    async run(platform) {
      const applied = await platform.database.migrate()
      print(applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`)
    },
  },
  'reset-password': {
    options: { email: { type: 'string' }, 'new-password': { type: 'string' }, 'password-confirm': { type: 'string' } },
    usage: 'npm run trellis -- job reset-password --email you@example.com --new-password ... --password-confirm ...',
    async run(platform, values, options) {
      const password = checkPassword(required(values, 'new-password'))
      if (password !== (values['password-confirm'] ?? password)) throw new AppError('repeat_password_not_match')
      await accountsOf(platform, options).account.resetPassword(required(values, 'email'), password)
      print('The password has been changed. All sessions of the account have ended.')
    },
  },
  'reset-email': {
    options: { email: { type: 'string' }, 'new-email': { type: 'string' }, 'email-confirm': { type: 'string' } },
    usage: 'npm run trellis -- job reset-email --email old@example.com --new-email new@example.com --email-confirm new@example.com',
    async run(platform, values, options) {
      const next = required(values, 'new-email')
      if (next !== (values['email-confirm'] ?? next))
        throw new AppError('invalid_param', { message: 'The new address and its repetition do not match.' })
      await accountsOf(platform, options).account.resetEmail(required(values, 'email'), next)
      print(`The account now signs in as ${next}.`)
    },
  },
  'create-tenant': {
    options: { email: { type: 'string' }, name: { type: 'string' }, language: { type: 'string' } },
    usage: 'npm run trellis -- job create-tenant --email you@example.com [--name "Workspace"] [--language en-US]',
    async run(platform, values, options) {
      const email = required(values, 'email')
      const password = `${randomToken(15)}7a`
      const name = email.split('@')[0] ?? email
      const { setup } = accountsOf(platform, options)
      await setup.createWorkspace({ email, name, password, language: values.language ?? 'en-US' }, values.name ?? `${name}'s Workspace`)
      print(`Created. Sign in as ${email} with the password ${password}`)
    },
  },
}
const aliases: Readonly<Record<string, string>> = { register: 'create-tenant' }

/** Runs one command and tells its exit code. */
export async function runJob(options: JobOptions): Promise<number> {
  const [given, ...rest] = options.arguments
  const { config, warnings, clock, logger } = options
  if (given === 'doctor') {
    return runDoctorCommand({
      config,
      warnings,
      clock,
      logger,
      output: { hasColour: process.stdout.isTTY === true, write: (text) => process.stdout.write(text) },
    })
  }
  const command = given === undefined ? undefined : commands[aliases[given] ?? given]
  if (!command) {
    printError(
      `Give one of these commands:\n  npm run trellis -- job doctor\n${Object.values(commands)
        .map(({ usage }) => `  ${usage}`)
        .join('\n')}`,
    )
    return 2
  }
  try {
    const { values } = parseArgs({ args: [...rest], options: { ...command.options }, strict: true })
    await withPlatform(options, (platform) => command.run(platform, toStrings(values), options))
    return 0
  } catch (error) {
    if (!AppError.is(error) && !(error instanceof TypeError && 'code' in error)) throw error
    printError(`${error.message}\nUsage: ${command.usage}`)
    return 1
  }
}

async function withPlatform({ config, clock, logger }: JobOptions, work: (platform: Platform) => Promise<void>): Promise<void> {
  const platform = await createPlatform({ config, clock, logger })
  try {
    await platform.database.migrate()
    await work(platform)
  } finally {
    await platform.close()
  }
}

function accountsOf({ database: { db }, cache, clock, logger }: Platform, { config }: JobOptions) {
  const secretKey = config.secretKey ?? openDataFolder(config.dataFolder, { isExclusive: false }).secretKey()
  return createAccounts({
    db,
    clock,
    cache: cache.cache,
    logger,
    secretKey,
    secrets: createWorkspaceSecrets({ db, secretKey }),
    version: DIFY_COMPATIBLE_VERSION,
    pictures: accountPicturesOf(db, fileLinksOf(config, { clock, secretKey })),
    cookies: cookieOptions(config),
    initPassword: config.auth.initPassword,
    loginMaxFailures: config.auth.loginMaxFailures,
    loginLockoutSeconds: config.auth.loginLockoutSeconds,
    features: systemFeaturesOf(config),
    joinByInvitation: (account, token) => joinByInvitation({ db, clock }, { account, token }),
    activateInvited: (token, account) => activateByInvitation({ db, clock }, { proof: { token }, member: account }),
  })
}

const toStrings = (values: Readonly<Record<string, unknown>>): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]))

function required(values: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = values[name]
  if (value) return value
  throw new AppError('invalid_param', { message: `--${name} is missing.`, param: name })
}

function checkPassword(password: string): string {
  const parsed = newPassword.safeParse(password)
  if (!parsed.success) throw new AppError('invalid_param', { message: parsed.error.issues[0]?.message ?? 'The password is too weak.' })
  return password
}
