import type { Mailer } from '@trellis/spec'
import { postMail } from '../http/post-mail.ts'
import type { HttpMailerOptions } from '../resend/create-resend-mailer.ts'
import { parseSender } from '../sender.ts'

/** Links that let somebody in are for the reader alone: SendGrid must not lead them through servers of its own. */
const untracked = { click_tracking: { enable: false, enable_text: false }, open_tracking: { enable: false } }

/** SendGrid's `POST /v3/mail/send`. */
export function createSendgridMailer({ from, apiKey, apiUrl, egress }: HttpMailerOptions): Mailer {
  const { email, name, domain } = parseSender(from)
  return {
    send: ({ id, to, subject, text, html }, { signal } = {}) =>
      postMail({
        egress,
        url: `${apiUrl}/v3/mail/send`,
        apiKey,
        body: {
          personalizations: [{ to: [{ email: to }] }],
          from: { email, ...(name === undefined ? {} : { name }) },
          subject,
          content: [
            { type: 'text/plain', value: text },
            { type: 'text/html', value: html },
          ],
          headers: { 'Message-ID': `<${id}@${domain}>` },
          tracking_settings: untracked,
        },
        signal,
      }),
    close: async () => undefined,
  }
}
