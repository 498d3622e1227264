import { AppError, consoleAccountDeletionRoutes as routes } from '@trellis/contracts'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { type Accounts, verifyPassword } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { MailedCodes } from '../mailed-codes/index.ts'
import { type DeletionDependencies, deleteAccount, listFates, refuseOwned } from './delete-account.ts'

export interface AccountDeletionDependencies extends DeletionDependencies {
  readonly accounts: Pick<Accounts, 'account' | 'cookies'>
  readonly mail: Pick<Postbox, 'isConfigured'>
  readonly codes: Pick<MailedCodes, 'challenges' | 'sendCode'>
}

interface Proof {
  readonly token?: string | undefined
  readonly code?: string | undefined
  readonly password?: string | undefined
}

const purpose = 'delete-account'

/** People delete their own accounts: by a code that is mailed to them, or by their password where no mail is sent. */
export function mountAccountDeletion(mount: Mount, dependencies: AccountDeletionDependencies): void {
  const { db, accounts, mail, codes } = dependencies
  const proofOf = async (accountId: string) => {
    if (mail.isConfigured) return 'code'
    return (await accounts.account.get(accountId)).password_hash === null ? 'none' : 'password'
  }
  const prove = async ({ accountId, email }: AccountActor, { token = '', code = '', password = '' }: Proof): Promise<void> => {
    if (mail.isConfigured) {
      const proven = await codes.challenges.prove(purpose, { email, code, token })
      const challenge = await codes.challenges.take(purpose, proven.token)
      if (challenge.account_id !== accountId) throw new AppError('invalid_or_expired_token')
      return
    }
    const { password_hash: hash } = await accounts.account.get(accountId)
    if (hash !== null && !(await verifyPassword(hash, password))) throw new AppError('current_password_incorrect')
  }
  mount(routes.previewAccountDeletion).to(async ({ actor }) => ({
    proof: await proofOf(actor.accountId),
    workspaces: [...(await listFates(db, actor.accountId))],
  }))
  mount(routes.sendAccountDeletionCode).to(async ({ actor: { accountId, email } }) => {
    refuseOwned(await listFates(db, accountId))
    return { result: 'success', data: await codes.sendCode({ purpose, about: purpose, email, accountId, isForAccountsOnly: true }) }
  })
  mount(routes.deleteAccount).to(async ({ actor, body, request, reply }) => {
    // A code that was right is used up: nobody spends it on what cannot be.
    refuseOwned(await listFates(db, actor.accountId))
    await prove(actor, body)
    await deleteAccount(dependencies, { id: actor.accountId, name: actor.name, ip: request.ip })
    accounts.cookies.clear(reply)
    return { result: 'success' }
  })
}
