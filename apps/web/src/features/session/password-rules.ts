export interface PasswordRuleState {
  readonly length: boolean
  readonly letter: boolean
  readonly digit: boolean
}

const MIN_LENGTH = 8

/** The server's own rule (service-api 7.1), part by part so that each can be ticked off while typing. */
export function checkPassword(password: string): PasswordRuleState {
  return { length: [...password].length >= MIN_LENGTH, letter: /\p{L}/u.test(password), digit: /\d/u.test(password) }
}

export function isPasswordAcceptable(password: string): boolean {
  return Object.values(checkPassword(password)).every(Boolean)
}

/** Loose on purpose: the server decides; this only catches what cannot be an address. */
export function isEmailLike(email: string): boolean {
  return /^[^\s@]+@[^\s@]+$/u.test(email.trim())
}
