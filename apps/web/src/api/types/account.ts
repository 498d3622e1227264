import type {
  Account,
  AccountDeletion,
  AccountSession,
  BodyOf,
  consoleInvitationRoutes,
  consoleMemberRoutes,
  consoleOauthRoutes,
  consoleSetupRoutes,
  consoleWorkspaceRoutes,
  MailTest,
  Member,
  ResponseOf,
  Workspace,
} from '@trellis/contracts'

export type { Account, AccountDeletion, AccountSession, MailTest, Member, Workspace }
export type Role = Workspace['role']
export type WorkspaceItem = ResponseOf<typeof consoleWorkspaceRoutes.listWorkspaces>['workspaces'][number]
export type SystemFeatures = ResponseOf<typeof consoleSetupRoutes.getSystemFeatures>
export type LinkedIdentity = ResponseOf<typeof consoleOauthRoutes.listIdentities>['data'][number]
export type SetupStatus = ResponseOf<typeof consoleSetupRoutes.getSetupStatus>
/** What one may be given: the owner's place is transferred. */
export type AssignableRole = BodyOf<typeof consoleMemberRoutes.updateMemberRole>['role']
export type InvitationResult = ResponseOf<typeof consoleMemberRoutes.inviteMembers>['invitation_results'][number]
export type Invitation = Extract<ResponseOf<typeof consoleInvitationRoutes.checkInvitation>, { is_valid: true }>['data']
