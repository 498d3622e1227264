import { z } from 'zod'
import { orNull } from '../common/wire.ts'
import { defineRoute } from '../routes/define-route.ts'
import { administering } from '../routes/roles.ts'

const mailTypes = ['smtp', 'resend', 'sendgrid'] as const
/** What to look at where a letter was not taken. */
const mailFaults = ['unreachable', 'encryption', 'login', 'sender', 'recipient', 'other'] as const

/** What became of a test mail. */
const mailTestSchema = z.object({
  result: z.enum(['sent', 'failed']),
  type: z.enum(mailTypes),
  to: z.string(),
  fault: orNull(z.enum(mailFaults)),
  /** What the other side said, or why it could not be reached. */
  detail: orNull(z.string()),
  /** Variables of the environment that would mend it. */
  settings: z.array(z.string()),
})
export type MailTest = z.infer<typeof mailTestSchema>

export const consoleMailRoutes = {
  testMail: defineRoute({
    surface: 'console',
    method: 'POST',
    path: '/workspaces/current/mail/test',
    summary: 'Send a letter to oneself at once, and tell what became of it',
    tag: 'Mail',
    auth: administering,
    addressBudget: 'mail',
    responses: { 200: mailTestSchema },
    errors: ['mail_not_configured', 'email_send_ip_limit'],
  }),
}
