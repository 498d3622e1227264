/** One checked-in file that is made from something else. Its text carries a header saying by what, and is never edited by hand. */
export interface Generator {
  /** Path from the repository's root. */
  readonly output: string
  /** The whole text, ending in a newline. Same sources, same text: no dates, no machine names. */
  readonly generate: () => string | Promise<string>
}
