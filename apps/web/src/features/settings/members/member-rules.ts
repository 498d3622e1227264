import type { AssignableRole, Member, Role } from '../../../api/types/account.ts'

/** What can be given, the most powerful first. */
export const assignableRoles: readonly AssignableRole[] = ['admin', 'editor', 'normal']

const ranks: Readonly<Record<Role, number>> = { owner: 2, admin: 1, editor: 0, normal: 0, dataset_operator: 0 }

type Person = Pick<Member, 'id' | 'role' | 'status'>

/** The server's own rule: nobody manages themselves, an equal or the owner; invitations are any administrator's. */
export function mayManage(self: { readonly id: string; readonly role: Role }, member: Person): boolean {
  if (member.status === 'pending') return ranks[self.role] > 0
  return member.id !== self.id && ranks[self.role] > ranks[member.role]
}

export const mayBecomeOwner = (self: { readonly id: string; readonly role: Role }, member: Person): boolean =>
  self.role === 'owner' && member.id !== self.id && member.status === 'active'

/** Addresses as people paste them: by lines, commas, semicolons or blanks, `Ada <ada@example.com>` too; each once. */
export function splitAddresses(text: string): readonly string[] {
  const parts = text.split(/[\s,;]+/u).map((part) => part.replace(/^<|>$/gu, ''))
  const addresses = new Map(parts.filter((part) => part.includes('@')).map((part) => [part.toLowerCase(), part]))
  return [...addresses.values()]
}
