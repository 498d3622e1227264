import type { Egress, Mailer } from '@trellis/spec'
import { postMail } from '../http/post-mail.ts'

export interface HttpMailerOptions {
  readonly from: string
  readonly apiKey: string
  readonly apiUrl: string
  readonly egress: Egress
}

/** Resend's `POST /emails`; the idempotency key holds for a day. */
export function createResendMailer({ from, apiKey, apiUrl, egress }: HttpMailerOptions): Mailer {
  return {
    send: ({ id, to, subject, text, html }, { signal } = {}) =>
      postMail({
        egress,
        url: `${apiUrl}/emails`,
        apiKey,
        headers: { 'idempotency-key': id },
        body: { from, to: [to], subject, text, html },
        signal,
      }),
    close: async () => undefined,
  }
}
