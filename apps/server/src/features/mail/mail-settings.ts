import type { MailFault } from '@trellis/spec'

export type MailType = 'smtp' | 'resend' | 'sendgrid'

const smtp: Readonly<Record<MailFault, readonly string[]>> = {
  unreachable: ['SMTP_SERVER', 'SMTP_PORT'],
  encryption: ['SMTP_USE_TLS', 'SMTP_OPPORTUNISTIC_TLS', 'SMTP_PORT'],
  login: ['SMTP_USERNAME', 'SMTP_PASSWORD'],
  sender: ['MAIL_DEFAULT_SEND_FROM'],
  recipient: [],
  other: [],
}

const overHttp = (prefix: 'RESEND' | 'SENDGRID'): Readonly<Record<MailFault, readonly string[]>> => ({
  unreachable: [`${prefix}_API_URL`],
  encryption: [`${prefix}_API_URL`],
  login: [`${prefix}_API_KEY`],
  sender: ['MAIL_DEFAULT_SEND_FROM'],
  recipient: [],
  other: [],
})

const settings = { smtp, resend: overHttp('RESEND'), sendgrid: overHttp('SENDGRID') }

/** The variables of the environment that a fault is about. */
export const settingsOf = (type: MailType, fault: MailFault): readonly string[] => settings[type][fault]
