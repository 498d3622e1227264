import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A letter as it came. */
export interface SmtpLetter {
  readonly from: string
  /** Of the envelope: whom it reaches. */
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly id: string
}

export interface FakeSmtp {
  readonly port: number
  /** Has a server send its letters here; a login or encryption is for the test to add. */
  readonly env: Readonly<Record<string, string>>
  readonly letters: readonly SmtpLetter[]
  /** Logins that were tried, as `name:password`. */
  readonly logins: readonly string[]
  /** The latest letter to an address, once there is one. */
  waitForLetter(to: string, after?: number): Promise<SmtpLetter>
  /** How it treats the next letter. */
  fail(how: 'refuses' | 'is busy' | 'hangs up'): void
  close(): Promise<void>
}

export interface FakeSmtpOptions {
  /** The only login that it takes; any letter without one where absent. */
  readonly login?: { readonly username: string; readonly password: string }
  readonly encryption?: 'tls' | 'starttls' | 'none'
}

const LETTER_TIMEOUT_MS = 20_000
const replies = { refuses: 550, 'is busy': 451 } as const

/** A real mail server on a free port of the loopback, which keeps what it is given and delivers nothing. */
export async function startFakeSmtp({ login, encryption = 'none' }: FakeSmtpOptions = {}): Promise<FakeSmtp> {
  const letters: SmtpLetter[] = []
  const logins: string[] = []
  const watchers = new Set<() => void>()
  let failure: Parameters<FakeSmtp['fail']>[0] | undefined

  const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) => {
    logins.push(`${username}:${password}`)
    if (username === login?.username && password === login?.password) done(null, { user: username })
    else done(new Error('Wrong name or password'))
  }
  const onData: SMTPServerOptions['onData'] = (stream, session, done) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const how = failure
      failure = undefined
      if (how === 'hangs up') {
        for (const connection of server.connections) connection.close()
        return
      }
      if (how) return done(Object.assign(new Error('Not today'), { responseCode: replies[how] }))
      const { mailFrom, rcptTo } = session.envelope
      PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          subject: mail.subject ?? '',
          text: (mail.text ?? '').replace(/\n$/, ''),
          html: (mail.html ?? '').replace(/\n$/, ''),
          id: mail.messageId ?? '',
        })
        done()
        for (const watcher of [...watchers]) watcher()
      }, done)
    })
  }
  const server = new SMTPServer({
    secure: encryption === 'tls',
    disabledCommands: encryption === 'starttls' ? [] : ['STARTTLS'],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    logger: false,
    onAuth,
    onData,
  })
  // Connections that break are what some tests are about.
  server.on('error', () => undefined)
  const listening = server.listen({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => listening.once('listening', resolve))
  const { port } = listening.address() as AddressInfo // it listens on a port, not on a pipe
  return {
    port,
    env: {
      MAIL_TYPE: 'smtp',
      SMTP_SERVER: '127.0.0.1',
      SMTP_PORT: String(port),
      MAIL_DEFAULT_SEND_FROM: 'Trellis <trellis@example.com>',
    },
    letters,
    logins,
    waitForLetter: (to, after = 0) => waitFor(watchers, () => letters.slice(after).findLast((letter) => letter.to.includes(to)), to),
    fail(how) {
      failure = how
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function waitFor<T>(watchers: Set<() => void>, find: () => T | undefined, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void): void => {
      clearTimeout(timer)
      watchers.delete(look)
      action()
    }
    const look = (): void => {
      const found = find()
      if (found !== undefined) settle(() => resolve(found))
    }
    const timer = setTimeout(() => settle(() => reject(new Error(`No letter came for ${what}.`))), LETTER_TIMEOUT_MS)
    watchers.add(look)
    look()
  })
}
