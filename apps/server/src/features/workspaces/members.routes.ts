import { consoleInvitationRoutes as invitationRoutes, consoleMemberRoutes as routes } from '@trellis/contracts'
import type { FastifyRequest } from 'fastify'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import type { AccountPictures } from '../accounts/index.ts'
import type { InvitationMail } from './invitation-mail.ts'
import type { InvitationService } from './invitations.service.ts'
import type { MemberService } from './members.service.ts'
import { presentInvitation, presentMember } from './present-member.ts'
import { presentWorkspace } from './present-workspace.ts'
import type { WorkspaceService } from './workspaces.service.ts'

export interface MemberRouteDependencies {
  readonly workspaces: WorkspaceService
  readonly members: MemberService
  readonly invitations: InvitationService
  /** Makes the caller a member; answers the workspace's id. */
  readonly join: (actor: AccountActor, token: string) => Promise<string>
  /** Where people open the console: as configured, or where the caller does. */
  readonly consoleUrlOf: (request: FastifyRequest) => string
  readonly tellNewOwner: (actor: AccountActor, memberId: string) => Promise<void>
  readonly pictures: Pick<AccountPictures, 'pictureUrl'>
  readonly sendInvitations: (mail: InvitationMail) => Promise<void>
}

/** Where language and time zone are not told. */
const newcomer = { language: 'en-US', timezone: 'UTC' }

export function mountMemberRoutes(mount: Mount, dependencies: MemberRouteDependencies): void {
  const { workspaces, members, invitations, consoleUrlOf } = dependencies
  const linkFor = (request: FastifyRequest, token: string): string => `${consoleUrlOf(request)}/activate?token=${token}`
  mount(routes.listMembers).to(async ({ actor }) => {
    const { members: rows, invitations: open } = await members.list(actor.tenantId)
    return { accounts: [...rows.map((row) => presentMember(row, dependencies.pictures)), ...open.map(presentInvitation)] }
  })
  mount(routes.inviteMembers).to(async ({ actor, body, request }) => {
    const results = (await invitations.invite(actor, body)).map((result) =>
      result.status === 'success' ? { status: result.status, email: result.email, url: linkFor(request, result.token) } : result,
    )
    await dependencies.sendInvitations({
      inviter: actor.name,
      workspace: (await workspaces.get(actor.tenantId, actor.accountId)).name,
      language: body.language ?? newcomer.language,
      invitations: results.filter((result) => result.status === 'success'),
    })
    return { result: 'success', invitation_results: results, tenant_id: actor.tenantId }
  })
  mount(routes.updateMemberRole).to(async ({ actor, params, body }) => {
    await members.changeRole(actor, params.member_id, body.role)
    return { result: 'success' }
  })
  mount(routes.removeMember).to(async ({ actor, params }) => {
    await members.remove(actor, params.member_id)
    return { result: 'success', tenant_id: actor.tenantId }
  })
  mount(routes.transferOwnership).to(async ({ actor, params, body }) => {
    await members.transferOwnership(actor, {
      memberId: params.member_id,
      proof: body.token ? { token: body.token } : { password: body.password ?? '' },
    })
    await dependencies.tellNewOwner(actor, params.member_id)
    return { result: 'success' }
  })
  mount(routes.leaveWorkspace).to(async ({ actor }) => {
    await members.leave(actor)
    const next = await workspaces.findCurrent(actor.accountId)
    return { result: 'success', new_tenant: next ? presentWorkspace(next) : null }
  })
}

export function mountInvitationRoutes(mount: Mount, { workspaces, invitations, join }: MemberRouteDependencies): void {
  mount(invitationRoutes.checkInvitation).to(async ({ query }) => {
    const found = await invitations.check({ token: query.token, workspaceId: query.workspace_id, email: query.email })
    if (!found) return { is_valid: false }
    const { workspace_name, tenant_id, email, role } = found.invitation
    return { is_valid: true, data: { workspace_name, workspace_id: tenant_id, email, role, has_account: found.hasAccount } }
  })
  mount(invitationRoutes.activate).to(async ({ body }) => {
    await invitations.activate(
      { token: body.token, workspaceId: body.workspace_id, email: body.email },
      {
        name: body.name,
        password: body.password,
        language: body.interface_language ?? newcomer.language,
        timezone: body.timezone ?? newcomer.timezone,
      },
    )
    return { result: 'success' }
  })
  mount(invitationRoutes.joinWorkspace).to(async ({ actor, body }) => {
    const tenantId = await join(actor, body.token)
    return { result: 'success', new_tenant: presentWorkspace(await workspaces.get(tenantId, actor.accountId)) }
  })
}
