import { z } from 'zod'
import { success, uuid } from '../common/wire.ts'
import { accountName, assignableRole, languageTag, newPassword, timezoneName } from '../entities/account.ts'
import { workspaceSchema } from '../entities/workspace.ts'
import { defineRoute } from '../routes/define-route.ts'
import { signedIn } from '../routes/roles.ts'

const token = z.string().max(255, 'The token is too long.')
/** Links of Dify's name these two beside the token; where they are given, they must be the invitation's. */
const named = { workspace_id: z.string().nullish(), email: z.string().nullish() }

/** Why an invitation is not accepted. */
export const invitationRefusals = ['already_activate', 'invitation_for_other_account'] as const

export const consoleInvitationRoutes = {
  checkInvitation: defineRoute({
    surface: 'console',
    method: 'GET',
    path: '/activate/check',
    summary: 'Tell what an invitation is for',
    tag: 'Invitations',
    auth: { type: 'public' },
    addressBudget: 'sign-in',
    query: z.object({ token, ...named }),
    responses: {
      200: z.union([
        z.object({
          is_valid: z.literal(true),
          data: z.object({
            workspace_name: z.string(),
            workspace_id: uuid,
            email: z.string(),
            role: assignableRole,
            /** Whoever has an account joins by signing in (`invite_token` of `/login`). */
            has_account: z.boolean(),
          }),
        }),
        z.object({ is_valid: z.literal(false) }),
      ]),
    },
  }),
  activate: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/activate',
    summary: 'Accept an invitation with a new account, which can then sign in',
    tag: 'Invitations',
    auth: { type: 'public' },
    addressBudget: 'sign-in',
    body: z.object({
      token,
      ...named,
      name: accountName,
      password: newPassword,
      interface_language: languageTag.nullish(),
      timezone: timezoneName.nullish(),
    }),
    responses: { 200: success },
    errors: ['already_activate', 'email_already_in_use'],
  }),
  joinWorkspace: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/activate/join',
    summary: 'Accept an invitation with the account that is signed in, and go to its workspace',
    tag: 'Invitations',
    auth: signedIn,
    addressBudget: 'sign-in',
    body: z.object({ token }),
    responses: { 200: success.extend({ new_tenant: workspaceSchema }) },
    errors: [...invitationRefusals],
  }),
}
