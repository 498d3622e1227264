/** What is known of who used an app: the name of an account or of a caller, or the session of a visitor. */
export type UserName =
  | { readonly kind: 'named'; readonly name: string }
  /** Nobody named them: the end of their session's id tells them apart. */
  | { readonly kind: 'visitor'; readonly mark: string }
  /** A program that named no user. */
  | { readonly kind: 'unnamed' }

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu
/** Ids begin with the time, which visitors of the same weeks share. */
const MARK_LENGTH = 6
/** What the server calls the user of programs that name none. */
const UNNAMED = 'DEFAULT-USER'

export function readUserName(name: string): UserName {
  if (ID.test(name)) return { kind: 'visitor', mark: name.slice(-MARK_LENGTH).toLowerCase() }
  return name === UNNAMED ? { kind: 'unnamed' } : { kind: 'named', name }
}
