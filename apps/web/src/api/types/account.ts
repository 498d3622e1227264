import type { Account, consoleSetupRoutes, Member, ResponseOf, Workspace } from '@trellis/contracts'

export type { Account, Member, Workspace }
export type Role = Workspace['role']
export type SetupStatus = ResponseOf<typeof consoleSetupRoutes.getSetupStatus>
