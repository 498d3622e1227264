import { AppError, consoleMemberRoutes as routes } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import type { FastifyRequest } from 'fastify'
import type { Mount } from '../../http/mount.ts'
import { type AccountService, findAccountById } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { Challenges } from '../mailed-codes/index.ts'
import { assertMayResetPassword } from './members.policy.ts'
import { countOtherWorkspaces, findMemberRole } from './members.repository.ts'

export interface ResetLinkDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly mail: Postbox
  readonly challenges: Challenges
  readonly accounts: Pick<AccountService, 'credentialOf'>
  readonly consoleUrlOf: (request: FastifyRequest) => string
}

const DAY_MS = 86_400_000

/** Without mail, an administrator vouches for a member who has lost their password. */
export function mountResetLinkRoute(mount: Mount, dependencies: ResetLinkDependencies): void {
  const { db, clock, mail, challenges, accounts, consoleUrlOf } = dependencies
  mount(routes.makeResetLink).to(async ({ actor, params, request }) => {
    if (mail.isConfigured) {
      throw new AppError('forbidden', { message: 'People get a code by mail here: “Forgot your password?” on the page to sign in.' })
    }
    const accountId = params.member_id
    const role = await findMemberRole(db, actor.tenantId, accountId)
    const account = role && (await findAccountById(db, accountId))
    if (!role || !account) throw new AppError('not_found', { message: 'The workspace has no such member.' })
    assertMayResetPassword(actor, { accountId, role }, await countOtherWorkspaces(db, actor.tenantId, accountId))
    const token = await challenges.vouch('reset-password', {
      email: account.email,
      accountId,
      details: await accounts.credentialOf(account.email),
      lifetimeMs: DAY_MS,
    })
    return { url: `${consoleUrlOf(request)}/reset-password?token=${token}`, expires_at: Math.floor((clock.now() + DAY_MS) / 1000) }
  })
}
