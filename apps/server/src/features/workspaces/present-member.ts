import type { Member, Role } from '@trellis/contracts'
import { toSeconds, toSecondsOrNull } from '../../http/compat/seconds.ts'
import { type AccountPictures, avatarUrl } from '../accounts/index.ts'
import type { InvitationRow } from './invitations.repository.ts'
import type { MemberRow } from './members.repository.ts'

const rolesOf = (role: Role) => ({ role, roles: [{ id: role, name: role }] })

export const presentMember = (row: MemberRow, pictures: Pick<AccountPictures, 'pictureUrl'>): Member => ({
  id: row.id,
  name: row.name,
  email: row.email,
  avatar: row.avatar,
  avatar_url: avatarUrl(pictures, row.avatar),
  last_login_at: toSecondsOrNull(row.last_login_at),
  last_active_at: toSecondsOrNull(row.last_active_at),
  created_at: toSeconds(row.created_at),
  ...rolesOf(row.role),
  status: row.status,
  invitation_expires_at: null,
})

/** As Dify shows somebody who is invited: a member who is not here yet, named by their address. */
export const presentInvitation = (row: InvitationRow): Member => ({
  id: row.id,
  name: row.email.split('@')[0] ?? row.email,
  email: row.email,
  avatar: null,
  avatar_url: null,
  last_login_at: null,
  last_active_at: null,
  created_at: toSeconds(row.created_at),
  ...rolesOf(row.role),
  status: 'pending',
  invitation_expires_at: toSeconds(row.expires_at),
})
