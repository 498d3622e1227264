export interface Echo {
  /** Notes what will be written; false where it stands there already. */
  readonly writes: (address: string) => boolean
  /** Whether an address that came is one that was written here. */
  readonly hears: (address: string) => boolean
}

/** Tells addresses that come back from one's own writing from those that somebody else went to: of quick changes some never come. */
export function createEcho(current: string): Echo {
  let last = current
  let expected: readonly string[] = [current]
  return {
    writes(address) {
      if (address === last) return false
      last = address
      expected = [...expected, address]
      return true
    },
    hears(address) {
      const at = expected.lastIndexOf(address)
      if (at === -1) {
        last = address
        // What is still on its way was overtaken.
        expected = [address]
        return false
      }
      expected = expected.slice(at)
      return true
    },
  }
}
