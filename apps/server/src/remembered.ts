import type { Clock } from '@trellis/spec'
import type { TableChanges } from './table-changes.ts'

export interface RememberedOptions {
  readonly clock: Clock
  readonly changes: TableChanges
  /** What is kept was read from these; a change in any of them forgets it all. */
  readonly tables: readonly string[]
  /** The longest that something is kept, for the case that word of a change by another process was lost. */
  readonly lifetimeMs: number
  readonly limit: number
}

/** Keeps what was read from tables until one of them changes: for what every call needs and people seldom change. */
export class Remembered<Item extends object> {
  readonly #clock: Clock
  readonly #lifetimeMs: number
  readonly #limit: number
  readonly #items = new Map<string, { readonly item: Item; readonly expiresAtMs: number }>()
  #changes = 0

  constructor({ clock, changes, tables, lifetimeMs, limit }: RememberedOptions) {
    this.#clock = clock
    this.#lifetimeMs = lifetimeMs
    this.#limit = limit
    changes.listen(tables, () => {
      this.#changes += 1
      this.#items.clear()
    })
  }

  /** What is kept under the key, or what `read` finds; what is not there is looked for each time. */
  async get(key: string, read: () => Promise<Item | undefined>): Promise<Item | undefined> {
    const known = this.#items.get(key)
    if (known && this.#clock.now() < known.expiresAtMs) return known.item
    const changes = this.#changes
    const item = await read()
    // A change that was committed meanwhile may not be in what was read.
    if (item && changes === this.#changes) this.#keep(key, item)
    return item
  }

  #keep(key: string, item: Item): void {
    if (this.#items.size >= this.#limit) this.#items.clear()
    this.#items.set(key, { item, expiresAtMs: this.#clock.now() + this.#lifetimeMs })
  }
}
