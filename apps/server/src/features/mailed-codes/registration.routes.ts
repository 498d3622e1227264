import { AppError, consoleRegistrationRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { Challenges } from './challenges.ts'
import type { SendCode } from './code-mail.ts'

export interface RegistrationDependencies {
  readonly mail: Pick<Postbox, 'isConfigured'>
  readonly challenges: Challenges
  readonly sendCode: SendCode
  readonly accounts: Pick<Accounts, 'register' | 'setup'>
  readonly allowsRegistration: boolean
  readonly allowsPasswordLogin: boolean
  readonly allowsWorkspaceCreation: boolean
}

/** An account for whoever proves to read the mail of an address, with a password of their choice. */
export function mountRegistrationRoutes(mount: Mount, dependencies: RegistrationDependencies): void {
  const { challenges, sendCode, accounts } = dependencies
  const purpose = 'register'
  /** Asked at each step, and before a code is sent: nobody should prove an address for nothing. */
  const assertOpen = async (): Promise<void> => {
    if (!dependencies.allowsRegistration) throw new AppError('forbidden', { message: 'Registering is switched off (ALLOW_REGISTER).' })
    if (!dependencies.allowsPasswordLogin) {
      throw new AppError('forbidden', { message: 'Signing in by password is switched off (ENABLE_EMAIL_PASSWORD_LOGIN).' })
    }
    if (!dependencies.allowsWorkspaceCreation) throw new AppError('not_allowed_create_workspace')
    if (!dependencies.mail.isConfigured) throw new AppError('mail_not_configured')
    // The first account is the administrator's.
    if ((await accounts.setup.findSetupTime()) === undefined) throw new AppError('not_setup')
  }
  mount(routes.sendRegistrationCode).to(async ({ body }) => {
    await assertOpen()
    const data = await sendCode({ purpose, about: purpose, ...body, isForAccountsOnly: false, toKnown: { kind: 'account-exists' } })
    return { result: 'success', data }
  })
  mount(routes.checkRegistrationCode).to(async ({ body }) => {
    await assertOpen()
    const { challenge, token } = await challenges.prove(purpose, body)
    return { is_valid: true, email: challenge.email, token }
  })
  mount(routes.register).to(async ({ body, request, reply }) => {
    await assertOpen()
    if (body.new_password !== body.password_confirm) throw new AppError('password_mismatch')
    const { email } = await challenges.take(purpose, body.token)
    const { accessToken, refreshToken, csrfToken } = await accounts.register({
      request,
      reply,
      email,
      name: body.name ?? undefined,
      password: body.new_password,
      language: body.language ?? undefined,
      timezone: body.timezone ?? undefined,
    })
    return { result: 'success', data: { access_token: accessToken, refresh_token: refreshToken, csrf_token: csrfToken } }
  })
}
