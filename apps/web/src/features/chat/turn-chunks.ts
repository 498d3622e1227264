/** Turns of a chunk: some more than fit on a screen. */
const SIZE = 8

export interface Chunk<Item> {
  /** Stays the same while turns come before and after. */
  readonly id: number
  readonly items: readonly Item[]
}

/** A turn by which the others are counted, wherever the list begins. */
export interface Anchor {
  readonly key: string
  readonly position: number
}

/** The turn that it was so far; where there is none, or it is there no more, the first one, and the list ends where a chunk does. */
export const findAnchor = (keys: readonly string[], anchor: Anchor | undefined): Anchor | undefined =>
  anchor !== undefined && keys.includes(anchor.key) ? anchor : keys[0] === undefined ? undefined : { key: keys[0], position: -keys.length }

/** The position of the turn at `index`. */
export const positionAt = (keys: readonly string[], index: number, { key, position }: Anchor): number =>
  position + index - keys.indexOf(key)

/** Parts of a list whose first item is at this position: an item stays in its chunk whatever is put before or after it. */
export function chunksOf<Item>(items: readonly Item[], position: number): Chunk<Item>[] {
  const chunks: Chunk<Item>[] = []
  for (let from = 0; from < items.length; ) {
    const id = Math.floor((position + from) / SIZE)
    const to = Math.min(items.length, (id + 1) * SIZE - position)
    chunks.push({ id, items: items.slice(from, to) })
    from = to
  }
  return chunks
}

/** Whether each item has the same parts. */
export function areSame<Item extends object>(before: readonly Item[], now: readonly Item[]): boolean {
  return before.length === now.length && before.every((item, index) => isSame(item, now[index]))
}

function isSame<Item extends object>(before: Item, now: Item | undefined): boolean {
  if (before === now) return true
  // Both are of one type: its names are those of the other.
  return now !== undefined && Object.entries(before).every(([name, value]) => value === now[name as keyof Item])
}
