import type { FastifyRequest } from 'fastify'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import type { AccountPictures, AccountService } from '../accounts/index.ts'
import type { Postbox } from '../mail/index.ts'
import type { MailedCodes } from '../mailed-codes/index.ts'
import { createInvitationMail } from './invitation-mail.ts'
import { createInvitationService, joinByInvitation } from './invitations.service.ts'
import { mountInvitationRoutes, mountMemberRoutes } from './members.routes.ts'
import { createMemberService } from './members.service.ts'
import { mountResetLinkRoute } from './reset-link.ts'
import { createTransferCode } from './transfer-code.ts'
import { mountWorkspaceRoutes, type WorkspaceRouteDependencies } from './workspaces.routes.ts'
import { createWorkspaceService, type WorkspaceServiceDependencies } from './workspaces.service.ts'

export interface WorkspacesDependencies extends WorkspaceServiceDependencies {
  /** How many apps a workspace holds. */
  readonly countApps: WorkspaceRouteDependencies['countApps']
  readonly invitationLifetimeMs: number
  /** Where people open the console; undefined: where the caller does. */
  readonly consoleWebUrl: string | undefined
  readonly mail: Postbox
  readonly pictures: Pick<AccountPictures, 'pictureUrl'>
  readonly codes: Pick<MailedCodes, 'challenges' | 'sendCode'>
  readonly accounts: Pick<AccountService, 'credentialOf'>
}

/** The workspaces of an account: which there are, which is the current one, who belongs to it and who is invited. */
export interface Workspaces {
  mountRoutes(mount: Mount): void
  /** Drops what has expired. */
  cleanUp(): Promise<void>
}

export function createWorkspaces(dependencies: WorkspacesDependencies): Workspaces {
  const { db, clock, countApps, consoleWebUrl, mail } = dependencies
  const workspaces = createWorkspaceService(dependencies)
  const invitations = createInvitationService({ db, clock, lifetimeMs: dependencies.invitationLifetimeMs })
  const nameOf = async (tenantId: string, accountId: string) => (await workspaces.get(tenantId, accountId)).name
  const transferCode = createTransferCode({ db, mail, ...dependencies.codes, nameOf })
  const memberRoutes = {
    workspaces,
    pictures: dependencies.pictures,
    members: createMemberService({ db, takeTransferToken: transferCode.takeToken }),
    tellNewOwner: transferCode.tellNewOwner,
    invitations,
    consoleUrlOf: (request: FastifyRequest) => consoleWebUrl ?? requestOrigin(request),
    sendInvitations: createInvitationMail({ mail, lifetimeMs: dependencies.invitationLifetimeMs }),
    join: ({ accountId, name, email }: AccountActor, token: string) =>
      joinByInvitation({ db, clock }, { token, account: { id: accountId, name, email } }),
  }
  return {
    mountRoutes(mount) {
      mountWorkspaceRoutes(mount, { workspaces, countApps })
      mountMemberRoutes(mount, memberRoutes)
      mountInvitationRoutes(mount, memberRoutes)
      transferCode.mountRoutes(mount)
      mountResetLinkRoute(mount, { ...dependencies, ...dependencies.codes, consoleUrlOf: memberRoutes.consoleUrlOf })
    },
    cleanUp: invitations.cleanUp,
  }
}

export { activateByInvitation, joinByInvitation } from './invitations.service.ts'
export { archiveWorkspaces, countMembersOf, leaveWorkspaces, listWorkspaces } from './workspaces.repository.ts'
