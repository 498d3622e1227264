import { z } from 'zod'
import { success } from '../common/wire.ts'
import { accountName, emailAddress, languageTag, newPassword, timezoneName } from '../entities/account.ts'
import { defineRoute } from '../routes/define-route.ts'
import { code, codeProven, codeRefusals, codeSent, token } from './mailed-code-parts.ts'

const open = { surface: 'console', method: 'POST', tag: 'Registration', auth: { type: 'public' } } as const

/** Why nobody makes an account here. */
const refusals = ['forbidden', 'not_setup', 'not_allowed_create_workspace', 'mail_not_configured'] as const

export const consoleRegistrationRoutes = {
  sendRegistrationCode: defineRoute({
    ...open,
    path: '/email-register/send-email',
    summary: 'Have a code mailed with which to make an account; the answer is the same where there is one, whose owner is told so',
    addressBudget: 'mail',
    body: z.object({ email: emailAddress, language: languageTag.nullish() }),
    responses: { 200: codeSent },
    errors: [...refusals, 'email_send_ip_limit', 'email_register_rate_limit_exceeded'],
  }),
  checkRegistrationCode: defineRoute({
    ...open,
    path: '/email-register/validity',
    summary: 'Trade the mailed code for the right to make an account',
    addressBudget: 'sign-in',
    body: z.object({ email: emailAddress, code, token }),
    responses: { 200: codeProven },
    errors: [...refusals, ...codeRefusals, 'email_register_limit'],
  }),
  register: defineRoute({
    ...open,
    path: '/email-register',
    summary: 'Make an account by a proven code, and sign in with it: the tokens are answered, and set as cookies too',
    addressBudget: 'sign-in',
    body: z.object({
      token,
      new_password: newPassword,
      password_confirm: z.string(),
      /** Ours; absent: what stands before the `@`. */
      name: accountName.nullish(),
      language: languageTag.nullish(),
      timezone: timezoneName.nullish(),
    }),
    responses: {
      200: success.extend({ data: z.object({ access_token: z.string(), refresh_token: z.string(), csrf_token: z.string() }) }),
    },
    errors: [...refusals, 'invalid_or_expired_token', 'password_mismatch', 'email_already_in_use'],
  }),
}
