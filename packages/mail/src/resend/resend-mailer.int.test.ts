import { createEgress } from '@trellis/kit'
import { expect, it } from 'vitest'
import { describeMailer, sender } from '../conformance/describe-mailer.ts'
import { startFakeMailApi } from '../http/fake-mail-api.ts'
import { createResendMailer } from './create-resend-mailer.ts'

interface ResendLetter {
  readonly from: string
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
}

const isAddress = (text: unknown): boolean => typeof text === 'string' && /^[^\s,@]+@[^\s,@]+$/.test(text)

/** As Resend's reference has `POST /emails` (2026-11). */
describeMailer('Resend', async () => {
  const api = await startFakeMailApi<ResendLetter>(({ path, authorization, body }) => {
    if (authorization !== 'Bearer re_key') return 401
    if (path !== 'POST /emails') return 404
    return body.from && body.subject && (body.html || body.text) && body.to.every(isAddress) ? 200 : 422
  })
  const egress = createEgress({ modelEndpointAllowPrivate: false, allowedHosts: [] })
  return {
    mailer: createResendMailer({ from: `${sender.name} <${sender.email}>`, apiKey: 're_key', apiUrl: api.url, egress }),
    received: () =>
      api.calls.map(({ body, idempotencyKey = '' }) => ({
        from: body.from,
        to: body.to,
        subject: body.subject,
        text: body.text,
        html: body.html,
        id: idempotencyKey,
      })),
    fail: api.fail,
    async close() {
      await egress.close()
      await api.close()
    },
  }
})

it.each([
  [401, 'login'],
  [403, 'sender'],
  [404, 'unreachable'],
  [422, 'other'],
] as const)('tells what to look at where it answers %d: %s', async (status, fault) => {
  const api = await startFakeMailApi<ResendLetter>(() => status)
  const egress = createEgress({ modelEndpointAllowPrivate: false, allowedHosts: [] })
  const mailer = createResendMailer({ from: sender.email, apiKey: 're_key', apiUrl: api.url, egress })
  const letter = { id: 'one', to: 'ann@example.org', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }
  await expect(mailer.send(letter)).rejects.toMatchObject({ fault, message: expect.stringContaining(`answered ${status}`) })
  await egress.close()
  await api.close()
})
