import { AppError } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { findCurrentMembership, insertMember, insertTenant } from '../accounts/index.ts'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { countMembers, findWorkspace, listWorkspaces, markCurrent, updateWorkspace, type WorkspaceRow } from './workspaces.repository.ts'

export interface WorkspaceService {
  /** @throws `account_not_link_tenant` where the account is no member, or the workspace is archived */
  get(tenantId: string, accountId: string): Promise<WorkspaceRow>
  list(accountId: string): Promise<readonly WorkspaceRow[]>
  /** Where the account's requests go; undefined where it belongs to no workspace. */
  findCurrent(accountId: string): Promise<WorkspaceRow | undefined>
  /** From now on the account's requests are about this workspace. @throws `account_not_link_tenant` */
  switchTo(tenantId: string, accountId: string): Promise<WorkspaceRow>
  /** The account is its owner; where it is now stays. @throws `not_allowed_create_workspace` */
  create(accountId: string, name: string): Promise<WorkspaceRow>
  rename(tenantId: string, accountId: string, name: string): Promise<WorkspaceRow>
  countMembers(tenantId: string): Promise<number>
}

export interface WorkspaceServiceDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly secrets: Pick<WorkspaceSecrets, 'createSealedKey'>
  /** Whether accounts may make workspaces of their own. */
  readonly allowsCreation: boolean
}

export function createWorkspaceService({ db, clock, secrets, allowsCreation }: WorkspaceServiceDependencies): WorkspaceService {
  const get = async (tenantId: string, accountId: string): Promise<WorkspaceRow> => {
    const workspace = await findWorkspace(db, tenantId, accountId)
    if (!workspace) throw new AppError('account_not_link_tenant', { message: 'You are not a member of this workspace.' })
    return workspace
  }
  return {
    get,
    list: (accountId) => listWorkspaces(db, accountId),
    async findCurrent(accountId) {
      const membership = await findCurrentMembership(db, accountId)
      return membership && get(membership.tenantId, accountId)
    },
    async switchTo(tenantId, accountId) {
      await get(tenantId, accountId)
      await inTransaction(db, (db) => markCurrent(db, tenantId, { accountId, now: clock.now() }))
      return get(tenantId, accountId)
    },
    async create(accountId, name) {
      if (!allowsCreation) throw new AppError('not_allowed_create_workspace')
      const id = newId()
      const now = clock.now()
      await inTransaction(db, async (db) => {
        await insertTenant(db, {
          id,
          name,
          plan: 'basic',
          status: 'normal',
          sealed_key: secrets.createSealedKey(id),
          custom_config: '{}',
          created_at: now,
          updated_at: now,
        })
        await insertMember(db, {
          tenant_id: id,
          account_id: accountId,
          role: 'owner',
          is_current: 0,
          invited_by: null,
          last_opened_at: null,
          created_at: now,
        })
      })
      return get(id, accountId)
    },
    async rename(tenantId, accountId, name) {
      await updateWorkspace(db, tenantId, { name, updated_at: clock.now() })
      return get(tenantId, accountId)
    },
    countMembers: (tenantId) => countMembers(db, tenantId),
  }
}
