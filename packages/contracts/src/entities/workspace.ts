import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'
import { role } from './account.ts'

export const workspaceSchema = z.object({
  id: uuid,
  name: z.string(),
  plan: z.string(),
  status: z.string(),
  created_at: timestamp,
  role,
  in_trial: orNull(z.boolean()),
  trial_end_reason: orNull(z.string()),
  custom_config: orNull(z.object({ remove_webapp_brand: z.boolean(), replace_webapp_logo: orNull(z.string()) })),
  trial_credits: orNull(z.number().int()),
  trial_credits_used: orNull(z.number().int()),
  next_credit_reset_date: orNull(z.number().int()),
})
export type Workspace = z.infer<typeof workspaceSchema>

/** A workspace in the list of those that an account belongs to. */
export const workspaceItemSchema = z.object({
  id: uuid,
  name: z.string(),
  plan: z.string(),
  status: z.string(),
  created_at: timestamp,
  last_opened_at: orNull(timestamp),
  current: z.boolean(),
})

export const memberSchema = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  avatar: orNull(z.string()),
  avatar_url: orNull(z.string()),
  last_login_at: orNull(timestamp),
  last_active_at: orNull(timestamp),
  created_at: timestamp,
  role,
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
  /** `pending`: invited and not here yet; `id` is then the invitation's. */
  status: z.enum(['active', 'pending', 'banned', 'closed', 'uninitialized']),
  /** Until when the link of a pending member works. */
  invitation_expires_at: orNull(timestamp),
})
export type Member = z.infer<typeof memberSchema>
