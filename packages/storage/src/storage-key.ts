import { AppError } from '@trellis/contracts'

const LONGEST_KEY_BYTES = 1024

/** @throws AppError `invalid_param` for what could mean another place on one backend than on the next. */
export function assertStorageKey(key: string): void {
  if (key === '') refuse(key, 'it is empty')
  assertStoragePrefix(key)
  if (key.split('/').includes('')) refuse(key, 'it has an empty segment')
}

/** A prefix is the beginning of a key: it may be empty and may end anywhere. @throws AppError `invalid_param` */
export function assertStoragePrefix(prefix: string): void {
  if (prefix.startsWith('/')) refuse(prefix, 'it is not relative')
  if (prefix.includes('\\') || hasControlCharacter(prefix)) refuse(prefix, 'it has a backslash or a control character')
  if (!prefix.isWellFormed()) refuse(prefix, 'it is not well-formed Unicode')
  if (prefix.split('/').some((segment) => segment === '.' || segment === '..')) refuse(prefix, 'it has a segment "." or ".."')
  if (Buffer.byteLength(prefix) > LONGEST_KEY_BYTES) refuse(prefix, `it is longer than ${LONGEST_KEY_BYTES} bytes`)
}

/** @throws AppError `invalid_param` */
export function assertRange(range: { readonly start: number; readonly end: number }): void {
  const { start, end } = range
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) throw unsatisfiableRange(range)
}

export function unsatisfiableRange({ start, end }: { readonly start: number; readonly end: number }): AppError {
  return new AppError('invalid_param', { param: 'range', message: `There are no bytes ${start} to ${end} in this file.` })
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => (character.codePointAt(0) ?? 0) < 0x20 || character === '\u007f')
}

function refuse(key: string, reason: string): never {
  throw new AppError('invalid_param', {
    param: 'key',
    message: `The storage key ${JSON.stringify(key.slice(0, 200))} is refused: ${reason}. Use relative names joined by "/".`,
  })
}
