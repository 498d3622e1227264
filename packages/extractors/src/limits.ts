/** Bounds of one document. They keep a hostile file from costing more than a large honest one. */
export interface ExtractionLimits {
  /** Time for one document, once its turn has come. */
  readonly timeoutMs: number
  /** Memory for one document: objects and, apart from them, buffers. */
  readonly memoryBytes: number
  /** Length of the whole text, in UTF-16 units. */
  readonly textLength: number
  /** Entries in a zip container. */
  readonly entries: number
  /** Size of all that is unpacked from a container. */
  readonly unpackedBytes: number
  /** How often the packed size may go into the unpacked one, for entries of more than `ratioFromBytes`. */
  readonly ratio: number
  readonly ratioFromBytes: number
  /** Elements within elements. */
  readonly depth: number
  readonly pages: number
  readonly cells: number
}

const MEBIBYTE = 1024 * 1024

export const defaultLimits: ExtractionLimits = {
  timeoutMs: 60_000,
  memoryBytes: 512 * MEBIBYTE,
  textLength: 20_000_000,
  entries: 10_000,
  unpackedBytes: 256 * MEBIBYTE,
  ratio: 300,
  ratioFromBytes: 8 * MEBIBYTE,
  depth: 500,
  pages: 10_000,
  cells: 2_000_000,
}
