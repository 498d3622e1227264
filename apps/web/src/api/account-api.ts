import { ApiError } from './api-error.ts'
import type { HttpClient } from './http-client.ts'
import { rememberSession, toTransportPassword } from './session.ts'
import type { Account, AccountDeletion, AccountSession, LinkedIdentity, SetupStatus, SystemFeatures, Workspace } from './types/account.ts'

export interface AccountApi {
  setupStatus(): Promise<SetupStatus>
  /** Whether the password of the installation (INIT_PASSWORD) is still to be given. */
  needsInitPassword(): Promise<boolean>
  giveInitPassword(password: string): Promise<void>
  setup(input: { email: string; name: string; password: string; language: string }): Promise<void>
  /** With the token of an invitation, accepts it. */
  signIn(input: { email: string; password: string; inviteToken?: string | undefined }): Promise<{ result: string; data?: string }>
  signOut(): Promise<void>
  profile(): Promise<Account>
  workspace(): Promise<Workspace>
  sessions(): Promise<readonly AccountSession[]>
  /** Signs out there. */
  endSession(id: string): Promise<void>
  /** Signs out everywhere else; answers in how many places. */
  endOtherSessions(): Promise<number>
  systemFeatures(): Promise<SystemFeatures>
  rename(name: string): Promise<Account>
  /** Of a picture that was uploaded; null: none any more. */
  setAvatar(fileId: string | null): Promise<Account>
  /** What the deletion of the account would come to. */
  deletion(): Promise<AccountDeletion>
  /** Mails a code; answers with the token that must come back beside it. */
  sendDeletionCode(): Promise<string>
  delete(proof: { readonly password: string } | { readonly token: string; readonly code: string }): Promise<void>
  setLanguage(language: string): Promise<Account>
  setTimezone(timezone: string): Promise<Account>
  changePassword(input: { password: string | null; new_password: string; repeat_new_password: string }): Promise<Account>
  /** Services whose accounts may sign in, and which do. */
  identities(): Promise<readonly LinkedIdentity[]>
  /** Answers where the browser is to go. */
  linkIdentity(service: LinkedIdentity['provider']): Promise<string>
  unlinkIdentity(service: LinkedIdentity['provider']): Promise<void>
}

export function createAccountApi(http: HttpClient): AccountApi {
  return {
    setupStatus: () => http.get('/setup'),
    needsInitPassword: async () => (await http.get<{ status: string }>('/init')).status === 'not_started',
    giveInitPassword: (password) => http.post<void>('/init', { password }).catch(tellInitPassword),
    setup: (input) => http.post('/setup', input),
    async signIn({ email, password, inviteToken }) {
      const body = { email, password: toTransportPassword(password), remember_me: true, invite_token: inviteToken }
      const answer = await http.post<{ result: string; data?: string }>('/login', body)
      rememberSession(answer.result === 'success')
      return answer
    },
    signOut: () => http.post<void>('/logout').finally(() => rememberSession(false)),
    profile: () => http.get('/account/profile'),
    workspace: () => http.post('/workspaces/current'),
    sessions: async () => (await http.get<{ data: readonly AccountSession[] }>('/account/sessions')).data,
    endSession: (id) => http.delete(`/account/sessions/${id}`),
    endOtherSessions: async () => (await http.delete<{ ended: number }>('/account/sessions')).ended,
    systemFeatures: () => http.get('/system-features'),
    rename: (name) => http.post('/account/name', { name }),
    setAvatar: (fileId) => http.post('/account/avatar', { avatar: fileId ?? '' }),
    deletion: () => http.get('/account/delete'),
    sendDeletionCode: async () => (await http.get<{ data: string }>('/account/delete/verify')).data,
    async delete(proof) {
      await http.post('/account/delete', proof)
      rememberSession(false)
    },
    setLanguage: (language) => http.post('/account/interface-language', { interface_language: language }),
    setTimezone: (timezone) => http.post('/account/timezone', { timezone }),
    identities: async () => (await http.get<{ data: readonly LinkedIdentity[] }>('/account/integrates')).data,
    linkIdentity: async (service) => (await http.post<{ url: string }>(`/account/integrates/${service}`)).url,
    unlinkIdentity: (service) => http.delete(`/account/integrates/${service}`),
    changePassword: (input) => http.post('/account/password', input),
  }
}

/** The answers of this path have no codes of their own (service-api 3). */
function tellInitPassword(error: unknown): never {
  if (!(error instanceof ApiError) || error.status !== 401) throw error
  throw new ApiError({ code: 'init_validate_failed', message: '', status: error.status, cause: error })
}
