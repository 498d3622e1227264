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

/** A browser, or another caller, where an account is signed in. */
export const accountSessionSchema = z.object({
  id: uuid,
  /** As it called itself. */
  user_agent: z.string(),
  ip: z.string(),
  created_at: timestamp,
  /** Of its latest renewal, which callers make once an hour or so. */
  last_active_at: timestamp,
  is_current: z.boolean(),
})
export type AccountSession = z.infer<typeof accountSessionSchema>

/** `Acc` of the console's answers. */
export const accountReferenceSchema = z.object({ id: uuid, name: z.string(), email: z.string() })

export const role = z.enum(['owner', 'admin', 'editor', 'normal', 'dataset_operator'])

/** What one may be given: a workspace has one owner, whose place is transferred. */
export const assignableRole = role.exclude(['owner'])

/** The name of an account. */
export const accountName = z.string().trim().min(1, 'A name is needed.').max(30, 'A name takes at most 30 characters.')

/** An IANA time zone such as Europe/Berlin. */
export const timezoneName = z.string().refine(isTimezone, 'An IANA time zone such as Europe/Berlin is needed.')

/** A new password. */
export const newPassword = z
  .string()
  .regex(/^(?=.*\p{L})(?=.*\d).{8,}$/su, 'A password needs at least 8 characters, among them a letter and a digit.')

export const emailAddress = z
  .string()
  .trim()
  .max(255, 'An email address takes at most 255 characters.')
  .pipe(z.email('This is no email address.'))

/** A language by its tag (BCP 47). */
export const languageTag = z
  .string()
  .max(64, 'A language tag takes at most 64 characters.')
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'A language tag such as en-US is needed.')

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
