import { address, flag, oneOf, optional, port, text, withDefault } from '../kinds.ts'

const about = { group: 'mail' } as const

/** `a@b.c` or `A Name <a@b.c>` */
const isSender = (value: string): boolean => /^[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(value)

export const mailVariables = {
  MAIL_TYPE: optional(oneOf(['smtp', 'resend', 'sendgrid']), {
    ...about,
    description: 'What delivers mail: invitations, codes to sign in with, new passwords.',
    defaultNote: 'none: people are given links to pass on',
  }),
  MAIL_DEFAULT_SEND_FROM: optional(text('an address, or a name and an address: Trellis <trellis@example.com>', isSender), {
    ...about,
    description: 'From whom mail comes.',
  }),
  SMTP_SERVER: optional(text('a host name'), { ...about, description: 'The server of `smtp`.' }),
  SMTP_PORT: withDefault('465', port(), { ...about, description: 'Its port.' }),
  SMTP_USERNAME: optional(text('a name'), { ...about, description: 'Its login, where it asks for one.' }),
  SMTP_PASSWORD: optional(text('a password'), { ...about, secret: true, description: 'The password of that.' }),
  SMTP_USE_TLS: withDefault('false', flag(), { ...about, description: 'Encrypt from the first byte (usual on port 465).' }),
  SMTP_OPPORTUNISTIC_TLS: withDefault('false', flag(), {
    ...about,
    description:
      'With `SMTP_USE_TLS`: begin in plain text and encrypt before the login (STARTTLS, usual on port 587). Nothing is sent where the server cannot.',
  }),
  SMTP_LOCAL_HOSTNAME: optional(
    text('a host name', (value) => /^[\w.:[\]-]+$/.test(value)),
    { ...about, description: 'What Trellis calls itself when it greets.', defaultNote: 'the name of the machine' },
  ),
  RESEND_API_KEY: optional(text('a key'), { ...about, secret: true, description: 'The key of `resend`.' }),
  RESEND_API_URL: optional(address(), { ...about, description: 'Its address.', defaultNote: 'https://api.resend.com' }),
  SENDGRID_API_KEY: optional(text('a key'), { ...about, secret: true, description: 'The key of `sendgrid`.' }),
  SENDGRID_API_URL: optional(address(), {
    ...about,
    description: 'Its address: https://api.eu.sendgrid.com for accounts of the EU.',
    defaultNote: 'https://api.sendgrid.com',
  }),
}
