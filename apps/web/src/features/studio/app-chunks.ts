/** Cells of a chunk: whole rows, whichever of one to six columns fit. */
const CELLS = 60

export interface Chunk<Item> {
  /** The place of its first item in the list, by which it is known. */
  readonly start: number
  readonly items: readonly Item[]
}

/** The list in portions of whole rows. `taken` cells of the first one are somebody else's. */
export function toChunks<Item>(items: readonly Item[], taken: number): Chunk<Item>[] {
  const chunks: Chunk<Item>[] = [{ start: 0, items: items.slice(0, CELLS - taken) }]
  for (let start = CELLS - taken; start < items.length; start += CELLS) chunks.push({ start, items: items.slice(start, start + CELLS) })
  return chunks
}
