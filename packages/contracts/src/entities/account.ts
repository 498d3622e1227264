import { z } from 'zod'
import { orNull, timestamp, uuid } from '../common/wire.ts'

export const accountSchema = z.object({
  id: uuid,
  name: z.string(),
  email: z.string(),
  avatar: orNull(z.string()),
  avatar_url: orNull(z.string()),
  is_password_set: z.boolean(),
  interface_language: z.string(),
  interface_theme: z.string(),
  timezone: z.string(),
  last_login_at: orNull(timestamp),
  last_login_ip: orNull(z.string()),
  created_at: timestamp,
})
export type Account = z.infer<typeof accountSchema>

/** `Acc` of the console's answers. */
export const accountReferenceSchema = z.object({ id: uuid, name: z.string(), email: z.string() })

export const role = z.enum(['owner', 'admin', 'editor', 'normal', 'dataset_operator'])

/** A new password. */
export const newPassword = z
  .string()
  .regex(/^(?=.*\p{L})(?=.*\d).{8,}$/su, 'A password needs at least 8 characters, among them a letter and a digit.')

export const emailAddress = z.string().trim().pipe(z.email('This is no email address.'))
