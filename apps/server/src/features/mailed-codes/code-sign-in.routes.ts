import { AppError, decodePassword, consoleMailedCodeRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Challenges } from './challenges.ts'
import type { SendCode } from './code-mail.ts'

export interface CodeSignInDependencies {
  readonly challenges: Challenges
  readonly sendCode: SendCode
  readonly accounts: Pick<Accounts, 'admit'>
  readonly allowsCodeLogin: boolean
  /** Addresses without an account may make one. */
  readonly allowsRegistration: boolean
}

/** Signing in by a code that comes by mail. */
export function mountCodeSignInRoutes(mount: Mount, dependencies: CodeSignInDependencies): void {
  const { challenges, sendCode, accounts, allowsCodeLogin, allowsRegistration } = dependencies
  const assertAllowed = (): void => {
    if (!allowsCodeLogin)
      throw new AppError('forbidden', { message: 'Signing in by a mailed code is switched off (ENABLE_EMAIL_CODE_LOGIN).' })
  }
  mount(routes.sendSignInCode).to(async ({ body }) => {
    assertAllowed()
    return {
      result: 'success',
      data: await sendCode({ purpose: 'sign-in', about: 'sign-in', ...body, isForAccountsOnly: !allowsRegistration }),
    }
  })
  mount(routes.signInByCode).to(async ({ body, request, reply }) => {
    assertAllowed()
    const code = decodePassword(body.code) ?? ''
    const { challenge, token } = await challenges.prove('sign-in', { email: body.email, token: body.token, code })
    await challenges.take('sign-in', token)
    return accounts.admit({
      request,
      reply,
      email: challenge.email,
      name: undefined,
      language: body.language ?? undefined,
      timezone: body.timezone ?? undefined,
      inviteToken: body.invite_token ?? undefined,
    })
  })
}
