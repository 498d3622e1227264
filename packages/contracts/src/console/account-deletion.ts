import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'

const deletion = { surface: 'console', tag: 'Account', auth: signedIn } as const

/** What the deletion of an account would come to. */
const accountDeletionSchema = z.object({
  /** By what it is confirmed: a code that is mailed, the password, or (where neither is) nothing more. */
  proof: z.enum(['code', 'password', 'none']),
  workspaces: z.array(
    z.object({
      id: uuid,
      name: z.string(),
      /**
       * `left`: it goes on without the account. `archived`: the account is alone in it; nobody opens it any more, and its apps stop.
       * `owned`: others belong to it, which has to change first.
       */
      fate: z.enum(['left', 'archived', 'owned']),
    }),
  ),
})
export type AccountDeletion = z.infer<typeof accountDeletionSchema>

export const consoleAccountDeletionRoutes = {
  previewAccountDeletion: defineRoute({
    ...deletion,
    method: 'GET',
    path: '/account/delete',
    summary: 'What becomes of one’s workspaces where one’s account is deleted, and how that is confirmed',
    responses: { 200: accountDeletionSchema },
  }),
  sendAccountDeletionCode: defineRoute({
    ...deletion,
    method: 'GET',
    path: '/account/delete/verify',
    summary: 'Have a code mailed with which to delete one’s account',
    addressBudget: 'mail',
    responses: { 200: z.object({ result: z.literal('success'), data: z.string() }) },
    errors: ['mail_not_configured', 'email_send_ip_limit', 'email_change_rate_limit_exceeded', 'account_owns_workspace'],
  }),
  deleteAccount: defineRoute({
    ...deletion,
    method: 'POST',
    path: '/account/delete',
    summary: 'Delete one’s account, by a mailed code with its token, or (where no mail is sent) by the password',
    addressBudget: 'sign-in',
    body: z.object({
      token: z.string().max(255, 'The token is too long.').optional(),
      code: z.string().trim().max(64, 'The code is too long.').optional(),
      password: z.string().optional(),
    }),
    responses: { 200: success },
    errors: [
      'account_owns_workspace',
      'current_password_incorrect',
      'invalid_or_expired_token',
      'invalid_email',
      'email_code_error',
      'email_change_limit',
    ],
  }),
}
