import type { HttpClient } from './http-client.ts'
import { rememberSession } from './session.ts'
import type { AssignableRole, Invitation, InvitationResult, MailTest, Member, Workspace, WorkspaceItem } from './types/account.ts'

/** Who belongs to a workspace, and how they come to. */
export interface TeamApi {
  workspaces(): Promise<readonly WorkspaceItem[]>
  /** Made, and not entered yet. */
  createWorkspace(name: string): Promise<Workspace>
  switchWorkspace(id: string): Promise<Workspace>
  renameWorkspace(name: string): Promise<Workspace>
  members(): Promise<readonly Member[]>
  /** Sends a letter to oneself at once. */
  testMail(): Promise<MailTest>
  /** `language`: of letters to people who have no account. */
  invite(people: {
    readonly emails: readonly string[]
    readonly role: AssignableRole
    readonly language: string
  }): Promise<readonly InvitationResult[]>
  changeRole(memberId: string, role: AssignableRole): Promise<void>
  remove(memberId: string): Promise<void>
  /** By the owner's password, or the token of a proven code. */
  transferOwnership(memberId: string, proof: { readonly password: string } | { readonly token: string }): Promise<void>
  /** A link with which the member sets a new password; where no mail is sent. */
  makeResetLink(memberId: string): Promise<string>
  /** Answers the workspace in which the account is now; null: it belongs to none. */
  leave(): Promise<Workspace | null>
  /** Null where the invitation is not valid (any more). */
  invitation(token: string): Promise<Invitation | null>
  /** Accepts with a new account, which is not signed in yet. */
  activate(member: NewAccount): Promise<void>
  /** Accepts with the account that is signed in. */
  join(token: string): Promise<Workspace>
}

export interface NewAccount {
  readonly token: string
  readonly name: string
  readonly password: string
  readonly interface_language: string
  readonly timezone: string
}

const MEMBERS = '/workspaces/current/members'

export function createTeamApi(http: HttpClient): TeamApi {
  return {
    workspaces: async () => (await http.get<{ workspaces: readonly WorkspaceItem[] }>('/workspaces')).workspaces,
    createWorkspace: async (name) => (await http.post<{ tenant: Workspace }>('/workspaces', { name })).tenant,
    switchWorkspace: async (id) => (await http.post<{ new_tenant: Workspace }>('/workspaces/switch', { tenant_id: id })).new_tenant,
    renameWorkspace: async (name) => (await http.post<{ tenant: Workspace }>('/workspaces/info', { name })).tenant,
    testMail: () => http.post('/workspaces/current/mail/test'),
    members: async () => (await http.get<{ accounts: readonly Member[] }>(MEMBERS)).accounts,
    invite: async (people) =>
      (await http.post<{ invitation_results: readonly InvitationResult[] }>(`${MEMBERS}/invite-email`, people)).invitation_results,
    changeRole: (memberId, role) => http.put(`${MEMBERS}/${memberId}/update-role`, { role }),
    remove: (memberId) => http.delete(`${MEMBERS}/${memberId}`),
    transferOwnership: (memberId, proof) => http.post(`${MEMBERS}/${memberId}/owner-transfer`, proof),
    makeResetLink: async (memberId) => (await http.post<{ url: string }>(`${MEMBERS}/${memberId}/reset-link`)).url,
    async leave() {
      const { new_tenant } = await http.post<{ new_tenant: Workspace | null }>('/workspaces/current/leave')
      if (!new_tenant) rememberSession(false)
      return new_tenant
    },
    async invitation(token) {
      const answer = await http.get<{ is_valid: boolean; data?: Invitation }>('/activate/check', { query: { token } })
      return answer.data ?? null
    },
    activate: (member) => http.post('/activate', member),
    join: async (token) => (await http.post<{ new_tenant: Workspace }>('/activate/join', { token })).new_tenant,
  }
}
