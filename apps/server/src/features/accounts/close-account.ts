import type { Db } from '@trellis/db'
import { updateAccount } from './accounts.repository.ts'
import { deleteSessions } from './sessions.repository.ts'

/**
 * Nobody signs in to it any more, and its address is free for another. The row stays, with the name alone: by it others know who made what.
 */
export async function closeAccount(db: Db, id: string, now: number): Promise<void> {
  await deleteSessions(db, id)
  const nothing = { password_hash: null, avatar: null, last_login_ip: null }
  await updateAccount(db, id, { ...nothing, email: `deleted-${id}@invalid`, status: 'closed', updated_at: now })
}
