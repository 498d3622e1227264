// Python counts code points, JavaScript UTF-16 units. Texts without surrogates, nearly all of them, are the same to both.

const SURROGATE = /[\ud800-\udfff]/

export const isPlain = (text: string): boolean => !SURROGATE.test(text)

/** The characters of a text, as Python counts them. */
export const toPoints = (text: string): string[] => (isPlain(text) ? text.split('') : Array.from(text))

export const textLength = (text: string): number => (isPlain(text) ? text.length : Array.from(text).length)

/** The part of a text between two places, each within it, as Python counts. */
export const textBetween = (text: string, start: number, end: number): string =>
  isPlain(text) ? text.slice(start, Math.max(start, end)) : Array.from(text).slice(start, Math.max(start, end)).join('')

/** Python's place of a UTF-16 index. */
export const toPointIndex = (text: string, index: number): number =>
  index <= 0 || isPlain(text) ? index : textLength(text.slice(0, index))

/** The UTF-16 index of Python's place. */
export const toUnitIndex = (text: string, place: number): number =>
  isPlain(text) ? place : Array.from(text).slice(0, place).join('').length
