import { newId } from '@trellis/kit'
import { createJobRegistration } from '@trellis/queue'
import { type Clock, type JobDefinition, type JobQueue, type JobRegistration, type Logger, MailError, type Mailer } from '@trellis/spec'
import { z } from 'zod'
import type { Mount } from '../../http/mount.ts'
import { deriveKey, seal, unseal } from '../secrets/index.ts'
import type { Letter } from './letters/letter.ts'
import { renderLetter } from './letters/render-letter.ts'
import { type MailRouteDependencies, mountMailRoutes } from './mail.routes.ts'
import type { MailType } from './mail-settings.ts'

export interface Posting {
  readonly to: string
  readonly letter: Letter
  /** In which it is written where the reader has no account, which would say it. */
  readonly language: string
  /** What whoever may sign in gets in its place, and others with an account nothing; whoever asked for the letter cannot tell. */
  readonly toKnown?: Letter
  /** Nothing is sent where nobody who may sign in has the address. Whoever asked for it does not wait for that, and cannot tell. */
  readonly isForAccountsOnly?: boolean
  /** Milliseconds: after it the letter is of no use, and is not sent. */
  readonly expiresAt?: number
}

/** Where letters are handed in. */
export interface Postbox {
  /** False: nothing is sent, and whoever posts a letter makes a mistake. */
  readonly isConfigured: boolean
  /** Has a letter sent in the background, again and again where the other side is busy. */
  post(posting: Posting): Promise<void>
}

export interface Mail extends Postbox {
  readonly jobs: readonly JobRegistration[]
  mountRoutes(mount: Mount, accounts: Pick<MailRouteDependencies, 'findAccount'>): void
}

export interface MailDependencies {
  /** Undefined: none is configured. */
  readonly mailer: Mailer | undefined
  /** How that one sends. */
  readonly type: MailType | undefined
  readonly queue: JobQueue
  readonly clock: Clock
  readonly logger: Logger
  readonly secretKey: string
  /** Who has an address; undefined: nobody. */
  readonly findReader: (email: string) => Promise<{ readonly language: string; readonly maySignIn: boolean } | undefined>
}

/** Codes and links that let somebody in do not lie open in the queue. */
const payload = z.object({ id: z.string(), sealed: z.string() })

const sendLetter: JobDefinition<z.infer<typeof payload>> = {
  name: 'mail.send',
  queue: 'mail',
  payload,
  attempts: 6,
  backoffMs: 5_000,
  timeoutMs: 120_000,
}

const PURPOSE = 'letter'

export function createMail({ mailer, type, queue, clock, logger, secretKey, findReader }: MailDependencies): Mail {
  const key = deriveKey(secretKey, 'mail')
  return {
    isConfigured: mailer !== undefined,
    post: (posting) => queue.enqueue(sendLetter, { id: newId(), sealed: seal(key, JSON.stringify(posting), PURPOSE) }),
    mountRoutes: (mount, { findAccount }) => mountMailRoutes(mount, { mailer, type, findAccount }),
    jobs: [
      createJobRegistration(sendLetter, async ({ payload: { id, sealed }, signal }) => {
        const posting = JSON.parse(unseal(key, sealed, PURPOSE)) as Posting // written by `post`, sealed since
        const { to, toKnown, language, isForAccountsOnly, expiresAt } = posting
        if (expiresAt !== undefined && expiresAt <= clock.now()) return
        const reader = await findReader(to)
        if (isForAccountsOnly && !reader?.maySignIn) return
        // Their account lets nobody in: telling them that they have one would be no help, and a code none either.
        if (toKnown && reader && !reader.maySignIn) return
        const letter = (reader && toKnown) ?? posting.letter
        const about = { letter: letter.kind, domain: to.slice(to.lastIndexOf('@') + 1) }
        if (!mailer) {
          logger.warn(about, 'A letter was not sent: this process has no mail configured (MAIL_TYPE), which another has')
          return
        }
        try {
          await mailer.send({ id, to, ...renderLetter(letter, reader?.language ?? language) }, { signal })
        } catch (error) {
          if (!(error instanceof MailError && error.isPermanent)) throw error
          logger.warn({ ...about, reason: error.message }, 'A letter was refused for good')
        }
      }),
    ],
  }
}

export type { CodeLetter, Letter } from './letters/letter.ts'
