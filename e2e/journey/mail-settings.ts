import type { FakeSmtp } from '../../tools/fake-smtp/index.ts'

/** Has a server send its letters to where the journey reads them. */
export const mailSettings = ({ port }: Pick<FakeSmtp, 'port'>) => ({
  MAIL_TYPE: 'smtp',
  SMTP_SERVER: '127.0.0.1',
  SMTP_PORT: String(port),
  MAIL_DEFAULT_SEND_FROM: 'Trellis <trellis@example.com>',
})
