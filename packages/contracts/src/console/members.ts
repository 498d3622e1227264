import { z } from 'zod'
import { success, timestamp, uuid } from '../common/wire.ts'
import { assignableRole, languageTag } from '../entities/account.ts'
import { memberSchema, workspaceSchema } from '../entities/workspace.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering, owning, signedIn } from '../routes/roles.ts'

/** What became of one address of an invitation. `url` is shown this once: only its hash is kept. */
const invitationResult = z.object({
  status: z.enum(['success', 'already_member', 'failed']),
  email: z.string(),
  url: z.string().optional(),
  message: z.string().optional(),
})

const members = '/workspaces/current/members'
const params = z.object({ member_id: uuid })

export const consoleMemberRoutes = {
  listMembers: defineRoute({
    surface: 'console',
    method: 'GET',
    path: members,
    summary: 'List the members of the current workspace, then who is invited',
    tag: 'Members',
    auth: signedIn,
    responses: { 200: z.object({ accounts: z.array(memberSchema) }) },
  }),
  inviteMembers: defineRoute({
    surface: 'console',
    method: 'POST',
    path: `${members}/invite-email`,
    summary: 'Invite people; answers with the link for each. Who is invited already gets a new one',
    tag: 'Members',
    auth: administering,
    body: z.object({
      emails: z
        .array(z.string().max(255, 'An email address takes at most 255 characters.'))
        .min(1, 'An email address is needed.')
        .max(50, 'At most 50 people are invited at once.'),
      role: assignableRole,
      language: languageTag.nullish(),
    }),
    responses: {
      201: z.object({ result: z.literal('success'), invitation_results: z.array(invitationResult), tenant_id: uuid }),
    },
  }),
  updateMemberRole: defineRoute({
    surface: 'console',
    method: 'PUT',
    path: `${members}/:member_id/update-role`,
    summary: 'Give a member, or somebody invited, another role',
    tag: 'Members',
    auth: administering,
    params,
    body: z.object({ role: assignableRole }),
    responses: { 200: success },
    errors: ['not_found', 'conflict', 'cannot_operate_self'],
  }),
  removeMember: defineRoute({
    surface: 'console',
    method: 'DELETE',
    path: `${members}/:member_id`,
    summary: 'Remove a member, or take an invitation back',
    tag: 'Members',
    auth: administering,
    params,
    responses: { 200: success.extend({ tenant_id: uuid }) },
    errors: ['not_found', 'conflict', 'cannot_operate_self'],
  }),
  makeResetLink: defineRoute({
    surface: 'console',
    method: 'POST',
    path: `${members}/:member_id/reset-link`,
    summary: 'Make a link with which a member sets a new password, where no mail is sent',
    tag: 'Members',
    auth: administering,
    addressBudget: 'sign-in',
    params,
    /** `url` is shown this once. */
    responses: { 201: z.object({ url: z.string(), expires_at: timestamp }) },
    errors: ['not_found', 'cannot_operate_self'],
  }),
  sendTransferCode: defineRoute({
    surface: 'console',
    method: 'POST',
    path: `${members}/send-owner-transfer-confirm-email`,
    summary: 'Have a code mailed to the owner, with which to transfer the ownership',
    tag: 'Members',
    auth: owning,
    addressBudget: 'mail',
    body: z.object({ language: languageTag.nullish() }),
    responses: { 200: z.object({ result: z.literal('success'), data: z.string() }) },
    errors: ['mail_not_configured', 'email_send_ip_limit', 'owner_transfer_rate_limit_exceeded'],
  }),
  checkTransferCode: defineRoute({
    surface: 'console',
    method: 'POST',
    path: `${members}/owner-transfer-check`,
    summary: 'Trade the mailed code for the right to transfer the ownership',
    tag: 'Members',
    auth: owning,
    addressBudget: 'sign-in',
    body: z.object({ code: z.string().trim().max(64), token: z.string().max(255) }),
    responses: { 200: z.object({ is_valid: z.literal(true), email: z.string(), token: z.string() }) },
    errors: ['invalid_or_expired_token', 'invalid_email', 'email_code_error', 'owner_transfer_limit'],
  }),
  transferOwnership: defineRoute({
    surface: 'console',
    method: 'POST',
    path: `${members}/:member_id/owner-transfer`,
    summary: 'Make a member the owner; the owner so far becomes an administrator',
    tag: 'Members',
    auth: owning,
    addressBudget: 'sign-in',
    params,
    /** The owner's password, where one is set; or the token of a proven code. */
    body: z.object({ password: z.string().nullish(), token: z.string().max(255).nullish() }),
    responses: { 200: success },
    errors: ['cannot_transfer_owner_to_self', 'member_not_in_tenant', 'current_password_incorrect', 'invalid_or_expired_token', 'conflict'],
  }),
  leaveWorkspace: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/workspaces/current/leave',
    summary: 'Leave the current workspace; answers with the one in which the account is now, if there is any',
    tag: 'Members',
    auth: signedIn,
    responses: { 200: success.extend({ new_tenant: workspaceSchema.nullable() }) },
    errors: ['owner_cannot_leave'],
  }),
}
