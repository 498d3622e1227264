import { AppError, consoleMemberRoutes as routes } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { findAccountById } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { Challenges, SendCode } from '../mailed-codes/index.ts'

export interface TransferCodeDependencies {
  readonly db: Db
  readonly mail: Postbox
  readonly challenges: Challenges
  readonly sendCode: SendCode
  readonly nameOf: (tenantId: string, accountId: string) => Promise<string>
}

const purpose = 'transfer-ownership'

/** Dify's way to give a workspace away: by a code that is mailed to its owner. */
export function createTransferCode({ db, mail, challenges, sendCode, nameOf }: TransferCodeDependencies) {
  return {
    async takeToken({ accountId, tenantId }: AccountActor, token: string): Promise<void> {
      const challenge = await challenges.take(purpose, token)
      if (challenge.account_id !== accountId || challenge.details !== tenantId) throw new AppError('invalid_or_expired_token')
    },
    async tellNewOwner({ name, tenantId, accountId }: AccountActor, memberId: string): Promise<void> {
      const owner = mail.isConfigured ? await findAccountById(db, memberId) : undefined
      if (!owner) return
      const letter = { kind: 'ownership-transferred', workspace: await nameOf(tenantId, accountId), from: name } as const
      await mail.post({ to: owner.email, letter, language: owner.interface_language })
    },
    mountRoutes(mount: Mount): void {
      mount(routes.sendTransferCode).to(async ({ actor, body }) => ({
        result: 'success',
        data: await sendCode({
          purpose,
          about: purpose,
          email: actor.email,
          accountId: actor.accountId,
          details: actor.tenantId,
          language: body.language,
          isForAccountsOnly: true,
        }),
      }))
      mount(routes.checkTransferCode).to(async ({ actor, body }) => {
        const { challenge, token } = await challenges.prove(purpose, { ...body, email: actor.email })
        return { is_valid: true, email: challenge.email, token }
      })
    },
  }
}
