import { afterEach, describe, expect, it } from 'vitest'
import { type FakeSmtp, startFakeSmtp } from '../../../../tools/fake-smtp/index.ts'
import { describeMailer, sender } from '../conformance/describe-mailer.ts'
import { createSmtpMailer, type SmtpMailerOptions } from './create-smtp-mailer.ts'

const mailerFor = ({ port }: FakeSmtp, options: Partial<SmtpMailerOptions> = {}) =>
  createSmtpMailer({
    from: `${sender.name} <${sender.email}>`,
    host: '127.0.0.1',
    port,
    login: undefined,
    encryption: 'none',
    localHostname: 'trellis.test',
    ...options,
  })

describeMailer('SMTP', async () => {
  const server = await startFakeSmtp({ login: { username: 'trellis', password: 'mail password 1' } })
  return {
    mailer: mailerFor(server, { login: { username: 'trellis', password: 'mail password 1' } }),
    received: () => server.letters,
    fail: server.fail,
    close: server.close,
  }
})

describe('SMTP', () => {
  const letter = { id: 'one', to: 'ann@example.org', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }
  let server: FakeSmtp | undefined
  afterEach(async () => {
    await server?.close()
    server = undefined
  })

  it('gives up for good where the login is wrong', async () => {
    server = await startFakeSmtp({ login: { username: 'trellis', password: 'right' } })
    const mailer = mailerFor(server, { login: { username: 'trellis', password: 'wrong' } })
    await expect(mailer.send(letter)).rejects.toMatchObject({ isPermanent: true, fault: 'login' })
    expect(server.logins).toEqual(['trellis:wrong'])
  })

  it.each(['tls', 'starttls'] as const)(
    'trusts no certificate of its own making (%s), and says nothing to its owner',
    async (encryption) => {
      server = await startFakeSmtp({ encryption, login: { username: 'trellis', password: 'secret' } })
      const mailer = mailerFor(server, { encryption, login: { username: 'trellis', password: 'secret' } })
      await expect(mailer.send(letter)).rejects.toMatchObject({ message: expect.stringMatching(/certificate/), fault: 'encryption' })
      expect(server.logins).toEqual([])
      expect(server.letters).toEqual([])
    },
  )

  it('sends nothing in plain text where encryption was asked for', async () => {
    server = await startFakeSmtp({ login: { username: 'trellis', password: 'secret' } })
    const mailer = mailerFor(server, { encryption: 'starttls', login: { username: 'trellis', password: 'secret' } })
    await expect(mailer.send(letter)).rejects.toMatchObject({ message: expect.stringMatching(/TLS/), fault: 'encryption' })
    expect(server.logins).toEqual([])
  })

  it('tries again later where nobody answers', async () => {
    server = await startFakeSmtp()
    const { port } = server
    await server.close()
    server = undefined
    await expect(mailerFor({ port } as FakeSmtp).send(letter)).rejects.toMatchObject({ isPermanent: false, fault: 'unreachable' })
  })
})
