import type { HttpClient } from './http-client.ts'
import { rememberSession, toTransportPassword } from './session.ts'
import type { Account, SetupStatus, Workspace } from './types/account.ts'

export interface AccountApi {
  setupStatus(): Promise<SetupStatus>
  setup(input: { email: string; name: string; password: string; language: string }): Promise<void>
  /** With the token of an invitation, accepts it. */
  signIn(input: { email: string; password: string; inviteToken?: string | undefined }): Promise<{ result: string; data?: string }>
  signOut(): Promise<void>
  profile(): Promise<Account>
  workspace(): Promise<Workspace>
  rename(name: string): Promise<Account>
  setLanguage(language: string): Promise<Account>
  setTimezone(timezone: string): Promise<Account>
  changePassword(input: { password: string; new_password: string; repeat_new_password: string }): Promise<Account>
}

export function createAccountApi(http: HttpClient): AccountApi {
  return {
    setupStatus: () => http.get('/setup'),
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
    rename: (name) => http.post('/account/name', { name }),
    setLanguage: (language) => http.post('/account/interface-language', { interface_language: language }),
    setTimezone: (timezone) => http.post('/account/timezone', { timezone }),
    changePassword: (input) => http.post('/account/password', input),
  }
}
