import type { Role } from './define-route.ts'

/** Who may change apps and read their logs (service-api 7.1). */
export const editingRoles = ['owner', 'admin', 'editor'] as const satisfies readonly Role[]
/** Who may switch an API on, delete keys, and manage credentials and members. */
export const administeringRoles = ['owner', 'admin'] as const satisfies readonly Role[]
/** Who sees apps at all: everyone but those who tend knowledge only. */
export const appReadingRoles = ['owner', 'admin', 'editor', 'normal'] as const satisfies readonly Role[]

export const editing = { type: 'session', roles: editingRoles } as const
export const administering = { type: 'session', roles: administeringRoles } as const
export const appReading = { type: 'session', roles: appReadingRoles } as const
export const signedIn = { type: 'session' } as const
/** What only the owner of a workspace may do. */
export const owning = { type: 'session', roles: ['owner'] } as const
