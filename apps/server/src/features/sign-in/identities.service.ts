import { createHash } from 'node:crypto'
import { AppError, emailAddress, type SignInProviderId } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { type AccountRow, findAccountByEmail, findAccountById } from '../accounts/index.ts'
import { recordAccountChange } from '../audit/index.ts'
import {
  deleteIdentity,
  findIdentity,
  type IdentityRow,
  insertIdentity,
  listIdentitiesOf,
  updateIdentity,
} from './identities.repository.ts'
import type { Identity } from './providers/identity-provider.ts'

export interface Identities {
  /**
   * The account that somebody signs in to: the one they are linked to, or the one that has their address, which they are linked to
   * from then on. Undefined: there is none, and the address is theirs.
   * @throws `identity_unverified`, `identity_of_another` where the account is linked to somebody else at the service
   */
  recognise(provider: SignInProviderId, identity: Identity): Promise<AccountRow | undefined>
  /** @throws `identity_of_another` */
  link(provider: SignInProviderId, identity: Identity, accountId: string): Promise<void>
  listOf(accountId: string): Promise<readonly IdentityRow[]>
  /** @throws `last_way_to_sign_in` */
  unlink(provider: SignInProviderId, accountId: string): Promise<void>
}

export interface IdentityDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly allowsPasswordLogin: boolean
  /** Where mail is sent. */
  readonly allowsCodeLogin: boolean
}

export function createIdentities({ db, clock, ...allows }: IdentityDependencies): Identities {
  const link: Identities['link'] = async (provider, identity, accountId) => {
    const subject = toStored(identity.subject)
    const now = clock.now()
    const email = identity.email.slice(0, MAX_STORED_LENGTH)
    const known = await findIdentity(db, provider, subject)
    if (known?.account_id === accountId) return updateIdentity(db, known.id, { email, last_used_at: now })
    try {
      await inTransaction(db, async (db) => {
        await insertIdentity(db, { id: newId(), account_id: accountId, provider, subject, email, created_at: now, last_used_at: now })
        const account = await findAccountById(db, accountId)
        if (account) await recordAccountChange(db, { account, action: 'account.link_service', details: { service: provider }, now })
      })
    } catch (error) {
      if (isUniqueViolation(error)) throw new AppError('identity_of_another', { cause: error })
      throw error
    }
  }
  return {
    async recognise(provider, identity) {
      const known = await findIdentity(db, provider, toStored(identity.subject))
      const linked = known && (await findAccountById(db, known.account_id))
      if (linked) {
        await link(provider, identity, linked.id)
        return linked
      }
      if (!identity.isEmailVerified || !emailAddress.safeParse(identity.email).success) throw new AppError('identity_unverified')
      const account = await findAccountByEmail(db, identity.email)
      if (account) await link(provider, identity, account.id)
      return account
    },
    link,
    listOf: (accountId) => listIdentitiesOf(db, accountId),
    async unlink(provider, accountId) {
      const account = await findAccountById(db, accountId)
      const others = (await listIdentitiesOf(db, accountId)).filter((row) => row.provider !== provider)
      const hasPassword = allows.allowsPasswordLogin && account?.password_hash != null
      if (!hasPassword && !allows.allowsCodeLogin && others.length === 0) throw new AppError('last_way_to_sign_in')
      await deleteIdentity(db, accountId, provider)
    },
  }
}

const MAX_STORED_LENGTH = 255

/** What is too long for the column is kept by its hash. */
const toStored = (subject: string): string =>
  subject.length <= MAX_STORED_LENGTH ? subject : `sha256:${createHash('sha256').update(subject).digest('hex')}`
