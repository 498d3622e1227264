import { MailError, type Mailer, type MailFault } from '@trellis/spec'
import { createTransport } from 'nodemailer'
import { parseSender } from '../sender.ts'

export interface SmtpMailerOptions {
  readonly from: string
  readonly host: string
  readonly port: number
  readonly login: { readonly username: string; readonly password: string } | undefined
  readonly encryption: 'tls' | 'starttls' | 'none'
  readonly localHostname: string | undefined
}

const CONNECT_TIMEOUT_MS = 15_000
const SILENCE_TIMEOUT_MS = 30_000

/** A connection for each letter: mail servers close what idles, and letters are few. */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const { from, host, port, login, encryption, localHostname } = options
  const { domain } = parseSender(from)
  const transport = createTransport({
    host,
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: encryption === 'none',
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    // What letters say must not name files or addresses that are then read.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(login ? { auth: { user: login.username, pass: login.password } } : {}),
    ...(localHostname === undefined ? {} : { name: localHostname }),
  })
  return {
    async send({ id, to, subject, text, html }, { signal } = {}) {
      signal?.throwIfAborted()
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId: `<${id}@${domain}>` })
      } catch (cause) {
        throw toMailError(cause, `${host}:${port}`)
      }
    },
    close: async () => transport.close(),
  }
}

/** Servers answer 5xx where another try is of no use (RFC 5321, 4.2.1). */
function toMailError(cause: unknown, server: string): MailError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const status = cause instanceof Error && 'responseCode' in cause ? Number(cause.responseCode) : 0
  return new MailError(`${server} did not take the letter: ${message}`, {
    isPermanent: status >= 500,
    fault: faultOf(cause, message),
    cause,
  })
}

/** By nodemailer's codes, and the command that was refused. */
function faultOf(cause: unknown, message: string): MailFault {
  const { code, command } = cause instanceof Error ? (cause as { readonly code?: unknown; readonly command?: unknown }) : {} // nodemailer adds both
  if (code === 'EDNS') return 'unreachable'
  // Who speaks plain text to a port that begins with encryption waits for a greeting in vain.
  if (code === 'ETLS' || code === 'EREQUIRETLS' || /TLS|SSL|certificate|greeting/i.test(message)) return 'encryption'
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'login'
  if (command === 'MAIL FROM') return 'sender'
  if (command === 'RCPT TO') return 'recipient'
  return ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET'].includes(String(code)) ? 'unreachable' : 'other'
}
