/** Letters and digits: what stands after the last dot of a name is compared, so no further dot is part of it. */
const EXTENSION = /^[\p{L}\p{N}_+-]{1,20}$/u

/** What separates endings that are typed or pasted, in either language. */
export const SEPARATORS = /[\s,;，；、]+/u

/** Lower case, without the dot: `.DXF`, `dxf` and `*.dxf` mean the same. Undefined: it is no ending. */
function toExtension(text: string): string | undefined {
  const bare = text.replace(/^\*?\./u, '').toLowerCase()
  return EXTENSION.test(bare) ? bare : undefined
}

export interface TypedExtensions {
  /** With those that were there, each once. */
  readonly extensions: readonly string[]
  /** What is no ending, as it was typed. */
  readonly rest: readonly string[]
}

/** Adds what was typed to the endings of before. */
export function addExtensions(before: readonly string[], text: string): TypedExtensions {
  const words = text.split(SEPARATORS).filter((word) => word !== '')
  return {
    extensions: [...new Set([...before, ...words.flatMap((word) => toExtension(word) ?? [])])],
    rest: words.filter((word) => toExtension(word) === undefined),
  }
}
