import { type AccountDeletion, AppError } from '@trellis/contracts'
import { type Db, inTransaction } from '@trellis/db'
import type { Clock } from '@trellis/spec'
import { closeAccount } from '../accounts/index.ts'
import { recordAccountChange } from '../audit/index.ts'
import { deleteIdentitiesOf } from '../sign-in/index.ts'
import { archiveWorkspaces, countMembersOf, leaveWorkspaces, listWorkspaces } from '../workspaces/index.ts'

export type WorkspaceFate = AccountDeletion['workspaces'][number]

/** What becomes of the workspaces of an account without it, in the order in which it joined them. */
export async function listFates(db: Db, accountId: string): Promise<readonly WorkspaceFate[]> {
  const workspaces = await listWorkspaces(db, accountId)
  const members = await countMembersOf(
    db,
    workspaces.map(({ id }) => id),
  )
  return workspaces.map(({ id, name, role }) => {
    const isAlone = (members.get(id) ?? 1) === 1
    return { id, name, fate: isAlone ? 'archived' : role === 'owner' ? 'owned' : 'left' }
  })
}

/** @throws AppError `account_owns_workspace` */
export function refuseOwned(fates: readonly WorkspaceFate[]): void {
  const owned = fates.filter(({ fate }) => fate === 'owned').map(({ name }) => name)
  if (owned.length === 0) return
  throw new AppError('account_owns_workspace', {
    message: `You own ${owned.join(', ')}, to which others belong. Transfer it to one of them, or remove them, before you delete your account.`,
    refusal: { reason: 'owns_workspaces', values: { names: owned.join(', ') } },
  })
}

export interface DeletionDependencies {
  readonly db: Db
  readonly clock: Clock
}

/** What the account made stays with its workspaces, under its name. @throws AppError `account_owns_workspace` */
export async function deleteAccount(
  { db, clock }: DeletionDependencies,
  { id, name, ip }: { readonly id: string; readonly name: string; readonly ip: string },
): Promise<void> {
  const now = clock.now()
  await inTransaction(db, async (db) => {
    const fates = await listFates(db, id)
    refuseOwned(fates)
    await recordAccountChange(db, { account: { id, name }, action: 'account.delete', ip, now })
    const idsOf = (wanted: WorkspaceFate['fate']) => fates.filter(({ fate }) => fate === wanted).map((workspace) => workspace.id)
    await archiveWorkspaces(db, idsOf('archived'), now)
    await leaveWorkspaces(db, id, idsOf('left'))
    await deleteIdentitiesOf(db, id)
    await closeAccount(db, id, now)
  })
}
