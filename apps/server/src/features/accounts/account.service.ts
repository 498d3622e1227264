import { AppError } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { type AccountRow, findAccountByEmail, findAccountById, updateAccount } from './accounts.repository.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { fingerprintOf } from './session-tokens.ts'
import { deleteSessions, listSessions, type SessionRow } from './sessions.repository.ts'

export interface AccountService {
  get(id: string): Promise<AccountRow>
  update(
    id: string,
    change: Partial<Pick<AccountRow, 'name' | 'avatar' | 'interface_language' | 'interface_theme' | 'timezone'>>,
  ): Promise<AccountRow>
  /** Ends all other sessions. @throws `current_password_incorrect`, `repeat_password_not_match` */
  changePassword(id: string, change: { readonly current: string; readonly next: string; readonly repeated: string }): Promise<AccountRow>
  /** Where the account is signed in, the latest first. */
  listSessions(id: string): Promise<readonly SessionRow[]>
  /** Signs out there, at once. @throws `not_found` */
  endSession(id: string, sessionId: string): Promise<void>
  /** Signs out everywhere else; answers in how many places. */
  endOtherSessions(id: string, currentId: string | undefined): Promise<number>
  /** Changes with what one signs in by: whatever was made for the account of before is worth nothing after it. @throws `account_not_found` */
  credentialOf(email: string): Promise<string>
  /** For whoever has proven to be the owner, or operates the machine: sets the password and ends all sessions. @throws `account_not_found` */
  resetPassword(email: string, password: string): Promise<void>
  /** @throws `account_not_found`, `email_already_in_use` */
  resetEmail(email: string, next: string): Promise<void>
}

export function createAccountService({ db, clock }: { readonly db: Db; readonly clock: Clock }): AccountService {
  const get = async (id: string): Promise<AccountRow> => {
    const account = await findAccountById(db, id)
    if (!account) throw new AppError('account_not_found')
    return account
  }
  const getByEmail = async (email: string): Promise<AccountRow> => {
    const account = await findAccountByEmail(db, email)
    if (!account) throw new AppError('account_not_found', { message: `There is no account with the address ${email}.` })
    return account
  }
  return {
    get,
    async update(id, change) {
      await updateAccount(db, id, { ...change, updated_at: clock.now() })
      return get(id)
    },
    async changePassword(id, { current, next, repeated }) {
      if (next !== repeated) throw new AppError('repeat_password_not_match')
      const account = await get(id)
      if (account.password_hash !== null && !(await verifyPassword(account.password_hash, current))) {
        throw new AppError('current_password_incorrect')
      }
      await updateAccount(db, id, { password_hash: await hashPassword(next), updated_at: clock.now() })
      await deleteSessions(db, id)
      return get(id)
    },
    listSessions: (id) => listSessions(db, id),
    async endSession(id, sessionId) {
      if ((await deleteSessions(db, id, { ids: [sessionId] })) === 0) {
        throw new AppError('not_found', { message: 'There is no such session, or it has ended.' })
      }
    },
    endOtherSessions: (id, currentId) => deleteSessions(db, id, { exceptId: currentId }),
    credentialOf: async (email) => fingerprintOf(await getByEmail(email)),
    async resetPassword(email, password) {
      const account = await getByEmail(email)
      await updateAccount(db, account.id, { password_hash: await hashPassword(password), updated_at: clock.now() })
      await deleteSessions(db, account.id)
    },
    async resetEmail(email, next) {
      const account = await getByEmail(email)
      if (await findAccountByEmail(db, next)) throw new AppError('email_already_in_use')
      try {
        await updateAccount(db, account.id, { email: next.toLowerCase(), updated_at: clock.now() })
      } catch (error) {
        if (isUniqueViolation(error)) throw new AppError('email_already_in_use', { cause: error })
        throw error
      }
      await deleteSessions(db, account.id)
    },
  }
}
