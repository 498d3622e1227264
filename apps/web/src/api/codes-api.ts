import type { HttpClient } from './http-client.ts'
import { rememberSession, toTransportPassword } from './session.ts'
import type { Account } from './types/account.ts'

/** A code that is on its way by mail: the token comes back beside it. */
export interface SentCode {
  readonly email: string
  readonly token: string
}

/** What whoever makes an account chooses, and what their browser knows. */
export interface NewAccount {
  readonly name: string
  readonly password: string
  readonly language: string
  readonly timezone: string
}

/** What is done with codes that come by mail. Each `send` answers with the token of its code, each `check` with that of the next step. */
export interface CodesApi {
  sendSignIn(email: string, language: string): Promise<string>
  signIn(input: SentCode & { readonly code: string; readonly language: string }): Promise<{ result: string; data?: string }>
  sendRegistration(email: string, language: string): Promise<string>
  checkRegistration(input: SentCode & { readonly code: string }): Promise<string>
  /** Makes an account, and signs in. */
  register(input: NewAccount & { readonly token: string }): Promise<void>
  sendReset(email: string, language: string): Promise<string>
  checkReset(input: SentCode & { readonly code: string }): Promise<string>
  /** Ends all sessions of the account. */
  setPassword(input: { readonly token: string; readonly password: string }): Promise<void>
  /** To the present address, or, with what that proved, to the new one. */
  sendChangeEmail(input: { readonly email: string; readonly language: string; readonly token?: string }): Promise<string>
  checkChangeEmail(input: SentCode & { readonly code: string }): Promise<string>
  changeEmail(input: SentCode): Promise<Account>
  sendTransfer(language: string): Promise<string>
  checkTransfer(input: { readonly token: string; readonly code: string }): Promise<string>
}

const MEMBERS = '/workspaces/current/members'

export function createCodesApi(http: HttpClient): CodesApi {
  const send = async (path: string, body: object): Promise<string> => (await http.post<{ data: string }>(path, body)).data
  const check = async (path: string, body: object): Promise<string> => (await http.post<{ token: string }>(path, body)).token
  return {
    sendSignIn: (email, language) => send('/email-code-login', { email, language }),
    async signIn({ code, ...input }) {
      const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
      const body = { ...input, code: toTransportPassword(code), timezone }
      const answer = await http.post<{ result: string; data?: string }>('/email-code-login/validity', body)
      rememberSession(answer.result === 'success')
      return answer
    },
    sendRegistration: (email, language) => send('/email-register/send-email', { email, language }),
    checkRegistration: (input) => check('/email-register/validity', input),
    async register({ password, ...input }) {
      await http.post('/email-register', { ...input, new_password: password, password_confirm: password })
      rememberSession(true)
    },
    sendReset: (email, language) => send('/forgot-password', { email, language }),
    checkReset: (input) => check('/forgot-password/validity', input),
    setPassword: ({ token, password }) =>
      http.post('/forgot-password/resets', { token, new_password: password, password_confirm: password }),
    sendChangeEmail: ({ token, ...input }) =>
      send('/account/change-email', { ...input, token, phase: token === undefined ? 'old_email' : 'new_email' }),
    checkChangeEmail: (input) => check('/account/change-email/validity', input),
    changeEmail: ({ email, token }) => http.post('/account/change-email/reset', { new_email: email, token }),
    sendTransfer: (language) => send(`${MEMBERS}/send-owner-transfer-confirm-email`, { language }),
    checkTransfer: (input) => check(`${MEMBERS}/owner-transfer-check`, input),
  }
}
