import { AppError, consoleMailedCodeRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { Challenges } from './challenges.ts'
import type { SendCode } from './code-mail.ts'

export interface ChangeEmailDependencies {
  readonly mail: Postbox
  readonly challenges: Challenges
  readonly sendCode: SendCode
  readonly accounts: Pick<Accounts, 'account' | 'renewSession' | 'present'>
}

const purpose = 'change-email'
/** What a code of this purpose was sent to: the address of now, which allows to ask for another, or that other. */
const [present, next] = ['present', 'next'] as const

/** A new address: proven to be read by the account's owner, as the present one is. */
export function mountChangeEmailRoutes(mount: Mount, { mail, challenges, sendCode, accounts }: ChangeEmailDependencies): void {
  const assertAnother = (present: string, email: string): void => {
    if (email.toLowerCase() === present.toLowerCase()) {
      throw new AppError('email_already_in_use', { message: 'This is the address of the account already.' })
    }
  }
  mount(routes.sendChangeEmailCode).to(async ({ actor, body }) => {
    const isNext = body.phase === 'new_email'
    if (isNext) {
      assertAnother(actor.email, body.email)
      const proof = await challenges.take(purpose, body.token ?? '')
      if (proof.account_id !== actor.accountId || proof.details !== present) throw new AppError('invalid_or_expired_token')
    }
    const { language } = body
    const data = await sendCode({
      purpose,
      about: isNext ? 'new-email' : 'change-email',
      // The first code goes to where the account's mail goes, whatever address is named.
      email: isNext ? body.email : actor.email,
      accountId: actor.accountId,
      details: isNext ? next : present,
      language,
      isForAccountsOnly: !isNext,
    })
    return { result: 'success', data }
  })
  mount(routes.checkChangeEmailCode).to(async ({ actor, body }) => {
    const { challenge, token } = await challenges.prove(purpose, body)
    if (challenge.account_id !== actor.accountId) throw new AppError('invalid_or_expired_token')
    return { is_valid: true, email: challenge.email, token }
  })
  mount(routes.checkEmailUnique).to(async ({ actor, body }) => {
    assertAnother(actor.email, body.email)
    return { result: 'success' }
  })
  mount(routes.changeEmail).to(async ({ actor, body, request, reply }) => {
    const { account_id: accountId, details, email } = await challenges.take(purpose, body.token)
    if (accountId !== actor.accountId || details !== next) throw new AppError('invalid_or_expired_token')
    if (email !== body.new_email.toLowerCase()) throw new AppError('invalid_email')
    await accounts.account.resetEmail(actor.email, email)
    if (mail.isConfigured) await mail.post({ to: actor.email, letter: { kind: 'email-changed', email }, language: 'en-US' })
    // All sessions ended with the old address; this one goes on.
    await accounts.renewSession(actor.accountId, request, reply)
    return accounts.present(actor.accountId)
  })
}
