import { AppError } from '@trellis/contracts'
import type { CodeLetter, Letter, Postbox } from '../mail/index.ts'
import type { ChallengePurpose } from './challenges.repository.ts'
import type { ChallengeSubject, Challenges } from './challenges.ts'

export interface CodeRequest extends ChallengeSubject {
  readonly purpose: ChallengePurpose
  /** What the letter says that the code is for. */
  readonly about: CodeLetter['about']
  /** Of readers without an account. */
  readonly language?: string | null | undefined
  /** True: an address that nobody has gets no letter, and the caller cannot tell. */
  readonly isForAccountsOnly: boolean
  /** What whoever has an account gets instead of the code, and the caller cannot tell. */
  readonly toKnown?: Letter
}

/** Mails a code; answers with the token that must come back beside it. */
export type SendCode = (request: CodeRequest) => Promise<string>

/** @throws `mail_not_configured`, and what `issue` throws */
export function createCodeMail({ mail, challenges }: { readonly mail: Postbox; readonly challenges: Challenges }): SendCode {
  return async ({ purpose, about, language, isForAccountsOnly, toKnown, ...subject }) => {
    if (!mail.isConfigured) throw new AppError('mail_not_configured')
    const { code, token } = await challenges.issue(purpose, subject)
    await mail.post({
      to: subject.email.toLowerCase(),
      letter: { kind: 'code', about, code, minutes: challenges.minutesOf(purpose) },
      language: language ?? 'en-US',
      isForAccountsOnly,
      ...(toKnown === undefined ? {} : { toKnown }),
      expiresAt: challenges.expiryOf(purpose),
    })
    return token
  }
}
