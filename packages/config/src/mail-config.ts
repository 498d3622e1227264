import type { Environment } from './environment.ts'
import type { Findings } from './findings.ts'

export interface SmtpConfig {
  readonly type: 'smtp'
  readonly from: string
  readonly host: string
  readonly port: number
  /** Undefined: the server asks for none. */
  readonly login: { readonly username: string; readonly password: string } | undefined
  /** `tls` from the first byte, `starttls` or nothing, `none`. */
  readonly encryption: 'tls' | 'starttls' | 'none'
  /** What we call ourselves in the greeting; undefined: the machine's name. */
  readonly localHostname: string | undefined
}

export interface HttpMailConfig {
  readonly type: 'resend' | 'sendgrid'
  readonly from: string
  readonly apiKey: string
  /** Base of the service's API. */
  readonly apiUrl: string
}

export type MailConfig = SmtpConfig | HttpMailConfig

const RESEND_URL = 'https://api.resend.com'
const SENDGRID_URL = 'https://api.sendgrid.com'
/** What Dify's sample file has in the place of a key. */
const SAMPLE_KEY = 'your-resend-api-key'

/** Undefined: no mail is sent. */
export function readMail(environment: Environment, findings: Findings): MailConfig | undefined {
  if (environment.MAIL_TYPE === undefined) return undefined
  if (environment.MAIL_TYPE === 'resend') return readResend(environment, findings)
  const from = environment.MAIL_DEFAULT_SEND_FROM
  if (from === undefined) findings.fault('MAIL_DEFAULT_SEND_FROM', `MAIL_TYPE=${environment.MAIL_TYPE} needs the address of the sender.`)
  return environment.MAIL_TYPE === 'smtp' ? readSmtp(environment, from ?? '', findings) : readSendgrid(environment, from ?? '', findings)
}

/** Dify's sample file names Resend without a key: whoever took it over has no mail, as there, and is not kept from starting. */
function readResend({ RESEND_API_KEY, RESEND_API_URL, MAIL_DEFAULT_SEND_FROM: from }: Environment, findings: Findings) {
  const apiKey = RESEND_API_KEY === SAMPLE_KEY ? undefined : RESEND_API_KEY
  if (apiKey !== undefined && from !== undefined) return { type: 'resend', from, apiKey, apiUrl: RESEND_API_URL ?? RESEND_URL } as const
  const missing = apiKey === undefined ? 'RESEND_API_KEY' : 'MAIL_DEFAULT_SEND_FROM'
  findings.warn(missing, `No mail is sent: MAIL_TYPE=resend needs ${missing}.`)
  return undefined
}

function readSendgrid(environment: Environment, from: string, findings: Findings): HttpMailConfig {
  const { SENDGRID_API_KEY: apiKey } = environment
  if (apiKey === undefined) findings.fault('SENDGRID_API_KEY', 'MAIL_TYPE=sendgrid needs a key that may send mail.')
  return { type: 'sendgrid', from, apiKey: apiKey ?? '', apiUrl: environment.SENDGRID_API_URL ?? SENDGRID_URL }
}

function readSmtp(environment: Environment, from: string, findings: Findings): SmtpConfig {
  const { SMTP_SERVER: host, SMTP_USERNAME: username, SMTP_PASSWORD: password } = environment
  if (host === undefined) findings.fault('SMTP_SERVER', 'MAIL_TYPE=smtp needs the name of the server.')
  if (username === undefined && password !== undefined) findings.fault('SMTP_USERNAME', 'SMTP_PASSWORD is set: give its name too.')
  if (username !== undefined && password === undefined) findings.fault('SMTP_PASSWORD', 'SMTP_USERNAME is set: give its password too.')
  return {
    type: 'smtp',
    from,
    host: host ?? '',
    port: environment.SMTP_PORT,
    login: username === undefined || password === undefined ? undefined : { username, password },
    encryption: readEncryption(environment, findings),
    localHostname: environment.SMTP_LOCAL_HOSTNAME,
  }
}

function readEncryption(environment: Environment, findings: Findings): SmtpConfig['encryption'] {
  if (environment.SMTP_USE_TLS) return environment.SMTP_OPPORTUNISTIC_TLS ? 'starttls' : 'tls'
  if (environment.SMTP_OPPORTUNISTIC_TLS) findings.fault('SMTP_OPPORTUNISTIC_TLS', 'It needs SMTP_USE_TLS=true.')
  return 'none'
}
