/** Keeps the values that were used last, at most `limit` of them. */
export class RecentlyUsed<Item> {
  private readonly limit: number
  private readonly items = new Map<string, Item>()

  constructor(limit: number) {
    this.limit = limit
  }

  get(key: string): Item | undefined {
    const item = this.items.get(key)
    if (item !== undefined) this.set(key, item)
    return item
  }

  set(key: string, item: Item): void {
    // Put back at the end: the first of the map is then the one unused for longest.
    this.items.delete(key)
    this.items.set(key, item)
    const [oldest] = this.items.keys()
    if (this.items.size > this.limit && oldest !== undefined) this.items.delete(oldest)
  }
}
