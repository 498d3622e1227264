import { createEgress } from '@trellis/kit'
import { describeMailer, sender } from '../conformance/describe-mailer.ts'
import { startFakeMailApi } from '../http/fake-mail-api.ts'
import { createSendgridMailer } from './create-sendgrid-mailer.ts'

interface SendgridLetter {
  readonly personalizations: readonly { readonly to: readonly { readonly email: string }[] }[]
  readonly from: { readonly email: string; readonly name?: string }
  readonly subject: string
  readonly content: readonly { readonly type: string; readonly value: string }[]
  readonly headers: Readonly<Record<string, string>>
  readonly tracking_settings: { readonly click_tracking: { readonly enable: boolean } }
}

const isAddress = (text: unknown): boolean => typeof text === 'string' && /^[^\s,@]+@[^\s,@]+$/.test(text)

/** As SendGrid's reference has `POST /v3/mail/send` (2026-11). */
describeMailer('SendGrid', async () => {
  const api = await startFakeMailApi<SendgridLetter>(({ path, authorization, body }) => {
    if (authorization !== 'Bearer SG.key') return 401
    if (path !== 'POST /v3/mail/send') return 404
    const [plain, html] = body.content
    // Plain text comes first, or it is refused; links must stay what they are.
    if (plain?.type !== 'text/plain' || html?.type !== 'text/html' || body.tracking_settings.click_tracking.enable !== false) return 400
    return isAddress(body.from.email) && body.personalizations.every(({ to }) => to.every(({ email }) => isAddress(email))) ? 202 : 400
  })
  const egress = createEgress({ modelEndpointAllowPrivate: false, allowedHosts: [] })
  return {
    mailer: createSendgridMailer({ from: `${sender.name} <${sender.email}>`, apiKey: 'SG.key', apiUrl: api.url, egress }),
    received: () =>
      api.calls.map(({ body }) => ({
        from: body.from.email,
        to: body.personalizations.flatMap(({ to }) => to.map(({ email }) => email)),
        subject: body.subject,
        text: body.content[0]?.value ?? '',
        html: body.content[1]?.value ?? '',
        id: body.headers['Message-ID'] ?? '',
      })),
    fail: api.fail,
    async close() {
      await egress.close()
      await api.close()
    },
  }
})
