/** A code to be typed in, and what it is good for. */
export interface CodeLetter {
  readonly kind: 'code'
  readonly about: 'sign-in' | 'register' | 'reset-password' | 'change-email' | 'new-email' | 'transfer-ownership' | 'delete-account'
  readonly code: string
  readonly minutes: number
}

/** What a letter is about, without its words: they are found when it is sent, in the reader's language. */
export type Letter =
  | CodeLetter
  | { readonly kind: 'password-changed' }
  /** Somebody wanted to make an account with the address of one. */
  | { readonly kind: 'account-exists' }
  /** An administrator wants to know whether letters arrive. */
  | { readonly kind: 'test' }
  | { readonly kind: 'email-changed'; readonly email: string }
  | { readonly kind: 'ownership-transferred'; readonly workspace: string; readonly from: string }
  | { readonly kind: 'invitation'; readonly workspace: string; readonly inviter: string; readonly url: string; readonly hours: number }
  /** Of a workflow that waits for the reader; in the words of whoever made it, or in ours where those are missing. */
  | { readonly kind: 'form'; readonly subject: string; readonly body: string; readonly title: string; readonly url: string }

export interface LetterText {
  readonly subject: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  /** To be typed in by the reader. */
  readonly code?: string
  readonly action?: { readonly label: string; readonly url: string }
  /** Under everything, small. */
  readonly note?: string
}

/** The words of each kind of letter, in one language. */
export type LetterWords = {
  readonly [K in Letter['kind']]: (letter: Extract<Letter, { readonly kind: K }>) => LetterText
}
