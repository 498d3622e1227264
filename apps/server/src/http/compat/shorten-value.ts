import { isDict, isList, type Value } from '@trellis/values'

/** Dify's limits for what is shown of values (workflow spec 4.11). */
const MAX_TEXT_LENGTH = 100_000
const MAX_ITEMS = 1000
/** Of all texts and keys together, in characters. */
const MAX_SIZE = 1_024_000
/** What a number or a bracket counts for. */
const SMALL = 8

export interface Shortened {
  readonly value: Value
  readonly isShortened: boolean
}

/** The beginning of a value that is too large to be shown; the value itself where it is not. */
export function shortenValue(value: Value): Shortened {
  const shortener = new Shortener()
  const shortened = shortener.shorten(value)
  return shortener.isShortened ? { value: shortened, isShortened: true } : { value, isShortened: false }
}

class Shortener {
  isShortened = false
  #left = MAX_SIZE

  shorten(value: Value): Value {
    if (typeof value === 'string') return this.#text(value)
    this.#left -= SMALL
    if (value !== null && isList(value)) return this.#list(value)
    return isDict(value) ? this.#dict(value) : value
  }

  #text(text: string): string {
    const length = Math.max(0, Math.min(MAX_TEXT_LENGTH, this.#left))
    this.#left -= Math.min(text.length, length)
    if (text.length <= length) return text
    this.isShortened = true
    return `${text.slice(0, length).toWellFormed()}…`
  }

  #list(items: readonly Value[]): readonly Value[] {
    const kept: Value[] = []
    for (const item of items) {
      if (kept.length === MAX_ITEMS || this.#left <= 0) {
        this.isShortened = true
        break
      }
      kept.push(this.shorten(item))
    }
    return kept
  }

  #dict(dict: { readonly [key: string]: Value }): Value {
    const kept: [string, Value][] = []
    for (const [key, item] of Object.entries(dict)) {
      if (this.#left <= 0) {
        this.isShortened = true
        break
      }
      this.#left -= key.length
      kept.push([key, this.shorten(item)])
    }
    return Object.fromEntries(kept)
  }
}
