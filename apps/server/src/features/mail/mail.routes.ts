import { AppError, consoleMailRoutes as routes } from '@trellis/contracts'
import { newId } from '@trellis/kit'
import { MailError, type Mailer } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import { renderLetter } from './letters/render-letter.ts'
import { type MailType, settingsOf } from './mail-settings.ts'

export interface MailRouteDependencies {
  readonly mailer: Mailer | undefined
  /** How it sends. */
  readonly type: MailType | undefined
  readonly findAccount: (id: string) => Promise<{ readonly email: string; readonly interface_language: string }>
}

/** Longer than a mail server may take to answer, shorter than proxies in front of us wait. */
const TIMEOUT_MS = 45_000

export function mountMailRoutes(mount: Mount, { mailer, type, findAccount }: MailRouteDependencies): void {
  mount(routes.testMail).to(async ({ actor }) => {
    if (!mailer || !type) throw new AppError('mail_not_configured', { message: NOT_CONFIGURED })
    const { email: to, interface_language: language } = await findAccount(actor.accountId)
    try {
      await mailer.send({ id: newId(), to, ...renderLetter({ kind: 'test' }, language) }, { signal: AbortSignal.timeout(TIMEOUT_MS) })
      return { result: 'sent', type, to, fault: null, detail: null, settings: [] }
    } catch (error) {
      if (!(error instanceof MailError)) throw error
      return { result: 'failed', type, to, fault: error.fault, detail: error.message, settings: [...settingsOf(type, error.fault)] }
    }
  })
}

const NOT_CONFIGURED =
  'This installation sends no mail. Set MAIL_TYPE (smtp, resend or sendgrid), MAIL_DEFAULT_SEND_FROM and the settings of that type, and start the server again.'
