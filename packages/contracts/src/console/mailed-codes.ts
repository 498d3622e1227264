import { z } from 'zod'
import { success } from '../common/wire.ts'
import { accountSchema, emailAddress, languageTag, newPassword, timezoneName } from '../entities/account.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'
import { invitationRefusals } from './invitations.ts'
import { code, codeProven, codeRefusals, codeSent, token } from './mailed-code-parts.ts'

const open = { surface: 'console', method: 'POST', tag: 'Codes by mail', auth: { type: 'public' } } as const
const ofAccount = { ...open, auth: signedIn } as const
const forgot = z.object({ email: emailAddress, language: languageTag.nullish() })
const forgotErrors = ['mail_not_configured', 'email_send_ip_limit', 'password_reset_rate_limit_exceeded'] as const

export const consoleMailedCodeRoutes = {
  forgotPassword: defineRoute({
    ...open,
    path: '/forgot-password',
    summary: 'Have a code mailed with which to set a new password; the answer is the same whether there is such an account or not',
    addressBudget: 'mail',
    body: forgot,
    responses: { 200: codeSent },
    errors: [...forgotErrors],
  }),
  resetPassword: defineRoute({
    ...open,
    path: '/reset-password',
    summary: 'The same as /forgot-password, as older clients call it',
    addressBudget: 'mail',
    body: forgot,
    responses: { 200: codeSent },
    errors: [...forgotErrors],
  }),
  checkForgotPasswordCode: defineRoute({
    ...open,
    path: '/forgot-password/validity',
    summary: 'Trade the mailed code for the right to set a new password',
    addressBudget: 'sign-in',
    body: z.object({ email: emailAddress, code, token }),
    responses: { 200: codeProven },
    errors: [...codeRefusals, 'email_password_reset_limit'],
  }),
  setForgottenPassword: defineRoute({
    ...open,
    path: '/forgot-password/resets',
    summary: 'Set a new password by a proven code, or by the link of an administrator; ends all sessions of the account',
    addressBudget: 'sign-in',
    body: z.object({ token, new_password: newPassword, password_confirm: z.string() }),
    responses: { 200: success },
    errors: ['invalid_or_expired_token', 'password_mismatch', 'account_not_found'],
  }),
  sendSignInCode: defineRoute({
    ...open,
    path: '/email-code-login',
    summary: 'Have a code mailed to sign in with; the answer is the same whether there is such an account or not',
    addressBudget: 'mail',
    body: z.object({ email: emailAddress, language: languageTag.nullish() }),
    responses: { 200: codeSent },
    errors: ['mail_not_configured', 'email_send_ip_limit', 'email_code_login_rate_limit_exceeded'],
  }),
  signInByCode: defineRoute({
    ...open,
    path: '/email-code-login/validity',
    summary: 'Sign in by the mailed code (`code` is base64 of the text); sets the session cookies',
    addressBudget: 'sign-in',
    body: z.object({
      email: emailAddress,
      code,
      token,
      language: languageTag.nullish(),
      timezone: timezoneName.nullish(),
      /** Of the invitation to accept with it. */
      invite_token: z.string().nullish(),
    }),
    /** `fail`: the account belongs to no workspace. */
    responses: { 200: z.union([success, z.object({ result: z.literal('fail'), data: z.string() })]) },
    errors: [
      ...codeRefusals,
      'email_code_login_limit',
      'account_banned',
      'account_not_found',
      'not_allowed_create_workspace',
      ...invitationRefusals,
    ],
  }),
  sendChangeEmailCode: defineRoute({
    ...ofAccount,
    path: '/account/change-email',
    summary: 'Have a code mailed to the present address first, then, with what that proved, to the new one',
    addressBudget: 'mail',
    body: z.object({
      email: emailAddress,
      language: languageTag.nullish(),
      phase: z.enum(['old_email', 'new_email']).nullish(),
      /** Of `new_email`: what the code to the present address was traded for. */
      token: token.nullish(),
    }),
    responses: { 200: codeSent },
    errors: [
      'mail_not_configured',
      'email_send_ip_limit',
      'email_change_rate_limit_exceeded',
      'invalid_or_expired_token',
      'invalid_email',
      'email_already_in_use',
    ],
  }),
  checkChangeEmailCode: defineRoute({
    ...ofAccount,
    path: '/account/change-email/validity',
    summary: 'Trade a mailed code for the right to go on',
    addressBudget: 'sign-in',
    body: z.object({ email: emailAddress, code, token }),
    responses: { 200: codeProven },
    errors: [...codeRefusals, 'email_change_limit'],
  }),
  checkEmailUnique: defineRoute({
    ...ofAccount,
    path: '/account/change-email/check-email-unique',
    summary: 'Tell whether an address may be asked for; whether another account has it is told to whoever reads its mail only',
    addressBudget: 'sign-in',
    body: z.object({ email: emailAddress }),
    responses: { 200: success },
    errors: ['email_already_in_use'],
  }),
  changeEmail: defineRoute({
    ...ofAccount,
    path: '/account/change-email/reset',
    summary: 'Sign in with the new address from now on; ends all other sessions',
    addressBudget: 'sign-in',
    body: z.object({ new_email: emailAddress, token }),
    responses: { 200: accountSchema },
    errors: ['invalid_or_expired_token', 'invalid_email', 'email_already_in_use'],
  }),
}
