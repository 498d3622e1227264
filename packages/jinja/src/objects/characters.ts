import { toPoints } from './code-points.ts'

// Python's classes of characters, and its ways between upper and lower case.

const SPACES = new Set(
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
)

export const isSpace = (character: string): boolean => SPACES.has(character)

const UPPER = /\p{Lu}|\p{Lt}|\p{Uppercase}/u
const CASED = /\p{Cased}/u

export const isUpper = (text: string): boolean => hasCase(text) && !/\p{Lowercase}|\p{Lt}/u.test(text)
export const isLower = (text: string): boolean => hasCase(text) && !/\p{Uppercase}|\p{Lt}/u.test(text)
const hasCase = (text: string): boolean => /\p{Uppercase}|\p{Lowercase}/u.test(text)

/** Whether each word begins in upper case and goes on in lower. */
export function isTitle(text: string): boolean {
  let isInside = false
  let hasCased = false
  for (const character of text) {
    const isStart = UPPER.test(character)
    if (isStart ? isInside : CASED.test(character) && !isInside) return false
    isInside = CASED.test(character)
    hasCased ||= isInside
  }
  return hasCased
}

export const isIdentifier = (text: string): boolean => /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(text)
export const isAlpha = (text: string): boolean => /^\p{L}+$/u.test(text)
export const isDecimal = (text: string): boolean => /^\p{Nd}+$/u.test(text)
export const isDigit = (text: string): boolean =>
  /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490]+$/u.test(text)
export const isNumeric = (text: string): boolean =>
  /^[\p{N}\u3405\u4e00\u4e03\u4e09\u4e5d\u4e8c\u4e94\u516b\u516d\u5341\u56db\u767e\u5343\u842c\u4e07\u5104\u4ebf]+$/u.test(text)
export const isAlphanumeric = (text: string): boolean => text !== '' && [...text].every((each) => isAlpha(each) || isNumeric(each))
export const isPrintable = (text: string): boolean => !/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(text)
export const isAscii = (text: string): boolean => /^\p{ASCII}*$/u.test(text)

/** The first character as it begins a word: `ß` becomes `Ss`. */
function toTitleCase(character: string): string {
  const upper = character.toUpperCase()
  const [first = '', ...rest] = toPoints(upper)
  return first + rest.join('').toLowerCase()
}

export function capitalize(text: string): string {
  const [first = '', ...rest] = toPoints(text)
  return toTitleCase(first) + rest.join('').toLowerCase()
}

export function toTitle(text: string): string {
  let result = ''
  let isInside = false
  for (const character of text) {
    result += isInside ? character.toLowerCase() : toTitleCase(character)
    isInside = CASED.test(character)
  }
  return result
}

export const swapCase = (text: string): string =>
  Array.from(text, (character) => (/\p{Uppercase}/u.test(character) ? character.toLowerCase() : character.toUpperCase())).join('')

export const foldCase = (text: string): string => text.toUpperCase().toLowerCase().replaceAll('ς', 'σ')

export function trimStart(text: string, chars: string | null): string {
  const isTrimmed = trimmedBy(chars)
  let start = 0
  while (start < text.length && isTrimmed(text.charAt(start))) start++
  return text.slice(start)
}

export function trimEnd(text: string, chars: string | null): string {
  const isTrimmed = trimmedBy(chars)
  let end = text.length
  while (end > 0 && isTrimmed(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

const trimmedBy = (chars: string | null): ((character: string) => boolean) => {
  if (chars === null) return isSpace
  const set = new Set(chars.split(''))
  return (character) => set.has(character)
}

const LINE_BREAKS = new Set('\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029')

export function splitLines(text: string, keepsEnds = false): string[] {
  const lines: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    if (!LINE_BREAKS.has(text.charAt(at))) continue
    const end = text.startsWith('\r\n', at) ? at + 2 : at + 1
    lines.push(text.slice(from, keepsEnds ? end : at))
    from = end
    at = end - 1
  }
  if (from < text.length) lines.push(text.slice(from))
  return lines
}

/** Words between white space; from the left or the right, at most so many cuts (below zero: all). */
export function splitWords(text: string, limit: number, isFromRight = false): string[] {
  if (isFromRight) return splitWordsFromRight(text, limit)
  const words: string[] = []
  let start = skip(text, 0, true)
  while (start < text.length) {
    const end = words.length === limit ? text.length : skip(text, start, false)
    words.push(text.slice(start, end))
    start = skip(text, end, true)
  }
  return words
}

function splitWordsFromRight(text: string, limit: number): string[] {
  const words: string[] = []
  let end = skipBack(text, text.length, true)
  while (end > 0) {
    const start = words.length === limit ? 0 : skipBack(text, end, false)
    words.push(text.slice(start, end))
    end = skipBack(text, start, true)
  }
  return words.reverse()
}

/** The first place from there on that is no space, or, with `isOverSpace` false, that is one. */
function skip(text: string, from: number, isOverSpace: boolean): number {
  let at = from
  while (at < text.length && isSpace(text.charAt(at)) === isOverSpace) at++
  return at
}

function skipBack(text: string, from: number, isOverSpace: boolean): number {
  let at = from
  while (at > 0 && isSpace(text.charAt(at - 1)) === isOverSpace) at--
  return at
}
