import { z } from 'zod'
import { success } from '../common/wire.ts'
import { emailAddress } from '../entities/account.ts'
import type { AppError } from '../errors/app-error.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'
import { invitationRefusals } from './invitations.ts'

export const consoleSessionRoutes = {
  login: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/login',
    summary: 'Sign in; sets the session cookies (`password` is base64 of the text)',
    tag: 'Session',
    auth: { type: 'public' },
    addressBudget: 'sign-in',
    body: z.object({
      email: emailAddress,
      password: z.string(),
      remember_me: z.boolean().nullish(),
      /** Of the invitation to accept with it. */
      invite_token: z.string().nullish(),
    }),
    /** `fail`: the account belongs to no workspace. */
    responses: { 200: z.union([success, z.object({ result: z.literal('fail'), data: z.string() })]) },
    errors: ['forbidden', 'authentication_failed', 'email_code_login_limit', 'account_banned', 'not_setup', ...invitationRefusals],
  }),
  logout: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/logout',
    summary: 'Sign out; revokes the refresh token and clears the cookies',
    tag: 'Session',
    auth: signedIn,
    responses: { 200: success },
  }),
  refreshToken: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/refresh-token',
    summary: 'Trade the refresh cookie, which works once, for new session cookies',
    tag: 'Session',
    auth: { type: 'public' },
    responses: { 200: success },
    errors: ['unauthorized'],
    errorBody: (error: AppError): object => ({ result: 'fail', message: error.message }),
  }),
}
