import { AppError, consoleMailedCodeRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { AccountService } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { Challenges } from './challenges.ts'
import type { SendCode } from './code-mail.ts'

export interface ForgottenPasswordDependencies {
  readonly mail: Postbox
  readonly challenges: Challenges
  readonly sendCode: SendCode
  readonly accounts: Pick<AccountService, 'resetPassword' | 'credentialOf'>
}

/** A new password for whoever reads the account's mail, or has the link that an administrator made. */
export function mountForgottenPasswordRoutes(mount: Mount, { mail, challenges, sendCode, accounts }: ForgottenPasswordDependencies): void {
  const purpose = 'reset-password'
  for (const route of [routes.forgotPassword, routes.resetPassword]) {
    mount(route).to(async ({ body }) => ({
      result: 'success',
      data: await sendCode({ purpose, about: 'reset-password', ...body, isForAccountsOnly: true }),
    }))
  }
  mount(routes.checkForgotPasswordCode).to(async ({ body }) => {
    const { challenge, token } = await challenges.prove(purpose, body)
    return { is_valid: true, email: challenge.email, token }
  })
  mount(routes.setForgottenPassword).to(async ({ body }) => {
    if (body.new_password !== body.password_confirm) throw new AppError('password_mismatch')
    const { email, details: madeFor } = await challenges.take(purpose, body.token)
    // A link outlives codes, but not the password it was made to replace.
    if (madeFor !== null && madeFor !== (await accounts.credentialOf(email))) throw new AppError('invalid_or_expired_token')
    await accounts.resetPassword(email, body.new_password)
    if (mail.isConfigured) await mail.post({ to: email, letter: { kind: 'password-changed' }, language: 'en-US', isForAccountsOnly: true })
    return { result: 'success' }
  })
}
