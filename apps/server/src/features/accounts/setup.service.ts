import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@trellis/contracts'
import { type Db, inTransaction, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { findSetupTime, insertAccount, insertMember, insertSetupTime, insertTenant } from './accounts.repository.ts'
import { hashPassword } from './passwords.ts'

export interface NewAccount {
  readonly email: string
  readonly name: string
  /** Undefined: the account signs in another way. */
  readonly password: string | undefined
  readonly language: string
  /** UTC where it is not told. */
  readonly timezone?: string | undefined
}

export interface SetupService {
  /** Milliseconds of the set-up, or undefined before it. */
  findSetupTime(): Promise<number | undefined>
  readonly needsInitPassword: boolean
  /** @throws `init_validate_failed`, `already_setup` */
  checkInitPassword(password: string): Promise<void>
  /** Creates the first administrator and the workspace. @throws `already_setup` */
  setup(account: NewAccount): Promise<void>
  /** Creates an account with a workspace of its own. */
  createWorkspace(account: NewAccount, workspaceName: string): Promise<{ readonly accountId: string; readonly tenantId: string }>
}

export interface SetupDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: WorkspaceSecrets
  readonly initPassword: string | undefined
}

export function createSetupService({ db, clock, secrets, initPassword }: SetupDependencies): SetupService {
  const refuseSecondSetup = async (): Promise<void> => {
    if ((await findSetupTime(db)) !== undefined) throw new AppError('already_setup')
  }
  const insertOwner = async (db: Db, account: NewAccount & { readonly hash: string | null }, workspaceName: string) => {
    const now = clock.now()
    const accountId = newId()
    const tenantId = newId()
    await insertAccount(db, {
      id: accountId,
      name: account.name,
      email: account.email.toLowerCase(),
      password_hash: account.hash,
      avatar: null,
      interface_language: account.language,
      interface_theme: 'system',
      timezone: account.timezone ?? 'UTC',
      status: 'active',
      last_login_at: null,
      last_login_ip: null,
      last_active_at: null,
      created_at: now,
      updated_at: now,
    })
    await insertTenant(db, {
      id: tenantId,
      name: workspaceName,
      plan: 'basic',
      status: 'normal',
      sealed_key: secrets.createSealedKey(tenantId),
      custom_config: '{}',
      created_at: now,
      updated_at: now,
    })
    await insertMember(db, {
      tenant_id: tenantId,
      account_id: accountId,
      role: 'owner',
      is_current: 1,
      invited_by: null,
      last_opened_at: now,
      created_at: now,
    })
    return { accountId, tenantId }
  }
  return {
    findSetupTime: () => findSetupTime(db),
    needsInitPassword: initPassword !== undefined,
    async checkInitPassword(password) {
      await refuseSecondSetup()
      if (initPassword !== undefined && !isSameText(password, initPassword)) throw new AppError('init_validate_failed')
    },
    async setup(account) {
      await refuseSecondSetup()
      const hash = account.password === undefined ? null : await hashPassword(account.password)
      try {
        await inTransaction(db, async (db) => {
          await insertSetupTime(db, clock.now())
          await insertOwner(db, { ...account, hash }, `${account.name}'s Workspace`)
        })
      } catch (error) {
        if (isUniqueViolation(error)) throw new AppError('already_setup', { cause: error })
        throw error
      }
    },
    async createWorkspace(account, workspaceName) {
      const hash = account.password === undefined ? null : await hashPassword(account.password)
      try {
        return await inTransaction(db, (db) => insertOwner(db, { ...account, hash }, workspaceName))
      } catch (error) {
        if (isUniqueViolation(error)) throw new AppError('email_already_in_use', { cause: error })
        throw error
      }
    },
  }
}

function isSameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
