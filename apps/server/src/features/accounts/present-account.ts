import type { Account, AccountSession } from '@trellis/contracts'
import type { AccountRow } from './accounts.repository.ts'
import { type AccountPictures, avatarUrl } from './avatar.ts'
import type { SessionRow } from './sessions.repository.ts'

const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** An account as its owner sees it. */
export const presentAccount = (row: AccountRow, pictures: Pick<AccountPictures, 'pictureUrl'>): Account => ({
  id: row.id,
  name: row.name,
  email: row.email,
  avatar: row.avatar,
  avatar_url: avatarUrl(pictures, row.avatar),
  is_password_set: row.password_hash !== null,
  interface_language: row.interface_language,
  interface_theme: row.interface_theme,
  timezone: row.timezone,
  last_login_at: row.last_login_at === null ? null : toSeconds(row.last_login_at),
  last_login_ip: row.last_login_ip,
  created_at: toSeconds(row.created_at),
})

export const presentSession = (row: SessionRow, currentId: string | undefined): AccountSession => ({
  id: row.id,
  user_agent: row.user_agent,
  ip: row.ip,
  created_at: toSeconds(row.created_at),
  last_active_at: toSeconds(row.last_seen_at),
  is_current: row.id === currentId,
})
