/** One letter to one person. */
export interface MailMessage {
  /** The same for every try to send it: services that can, and readers' programs, drop what comes twice. */
  readonly id: string
  /** An address alone, without a name. */
  readonly to: string
  readonly subject: string
  /** What programs show that show no HTML, and what spam filters ask for. */
  readonly text: string
  readonly html: string
}

/** Hands letters over to whoever delivers them. From whom they come is the driver's configuration. */
export interface Mailer {
  /** Returns when the other side has taken the letter, which is not yet its delivery. @throws MailError */
  send(message: MailMessage, options?: { readonly signal?: AbortSignal }): Promise<void>
  close(): Promise<void>
}

/** What to look at where a letter was not taken: whether the other side answers at all, the encryption, the login or key, the sender. */
export type MailFault = 'unreachable' | 'encryption' | 'login' | 'sender' | 'recipient' | 'other'

/** Why a letter was not taken. Its text may quote the other side, never what the letter says. */
export class MailError extends Error {
  /** Another try would end the same way: the address does not exist, the key is wrong. */
  readonly isPermanent: boolean
  readonly fault: MailFault

  constructor(message: string, options: { readonly isPermanent: boolean; readonly fault: MailFault; readonly cause?: unknown }) {
    super(message, { cause: options.cause })
    this.name = 'MailError'
    this.isPermanent = options.isPermanent
    this.fault = options.fault
  }
}
