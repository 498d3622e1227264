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

/** @param isVisitor A page opened the session: an id that a program gives its user is that user's name. */
export function readUserName(name: string, isVisitor: boolean): UserName {
  if (isVisitor && ID.test(name)) return { kind: 'visitor', mark: name.slice(-MARK_LENGTH).toLowerCase() }
  return name === UNNAMED ? { kind: 'unnamed' } : { kind: 'named', name }
}

/**
 * What the log looks for where somebody copies what it shows of a visitor, of whom the server knows the id alone.
 *
 * @param toShown How a visitor with that mark is shown
 */
export function toUserSearch(text: string, toShown: (mark: string) => string): string {
  const wanted = text.trim()
  const mark = /[0-9a-f]{1,6}$/iu.exec(wanted)?.[0]
  return mark !== undefined && toShown(mark).toLowerCase() === wanted.toLowerCase() ? mark : wanted
}
