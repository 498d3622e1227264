import type { Logger } from '@trellis/spec'

export interface Caller {
  readonly email: string
  readonly ip: string
  /** Undefined where nobody has the address. */
  readonly accountId: string | undefined
}

export type SignInRefusal =
  | 'unknown address'
  | 'wrong password'
  | 'unreadable password'
  | 'locked'
  | 'passwords are off'
  | 'banned'
  | 'closed'

/** Who came in, who was kept out and why: what one looks for after somebody guessed passwords. */
export interface SignInLog {
  signedIn(caller: Caller): void
  refused(caller: Caller, reason: SignInRefusal): void
  /** From now on the account is locked. */
  locked(caller: Caller, failures: number): void
  signedOut(caller: Caller): void
}

export function createSignInLog(logger: Logger): SignInLog {
  const describe = ({ accountId, email, ip }: Caller) => ({
    ...(accountId === undefined ? {} : { accountId }),
    email: maskEmail(email),
    ip,
  })
  return {
    signedIn: (caller) => logger.info(describe(caller), 'Signed in'),
    refused: (caller, reason) => logger.info({ reason, ...describe(caller) }, 'A sign-in was refused'),
    locked: (caller, failures) => logger.info({ failures, ...describe(caller) }, 'An account was locked after wrong passwords'),
    signedOut: (caller) => logger.info(describe(caller), 'Signed out'),
  }
}

/** Enough to recognize an address that one knows, too little to write to: `a***@example.com`. */
function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '***' : `${email.slice(0, 1)}***${email.slice(at)}`
}
