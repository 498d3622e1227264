import type {
  Account,
  BodyOf,
  consoleInvitationRoutes,
  consoleMemberRoutes,
  consoleSetupRoutes,
  Member,
  ResponseOf,
  Workspace,
} from '@trellis/contracts'

export type { Account, Member, Workspace }
export type Role = Workspace['role']
export type SetupStatus = ResponseOf<typeof consoleSetupRoutes.getSetupStatus>
/** What one may be given: the owner's place is transferred. */
export type AssignableRole = BodyOf<typeof consoleMemberRoutes.updateMemberRole>['role']
export type InvitationResult = ResponseOf<typeof consoleMemberRoutes.inviteMembers>['invitation_results'][number]
export type Invitation = Extract<ResponseOf<typeof consoleInvitationRoutes.checkInvitation>, { is_valid: true }>['data']
