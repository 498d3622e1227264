/** Storage that is there, or one that forgets: private windows and embedding may close it to us. */
export interface KeyValueStore {
  read(key: string): string | undefined
  write(key: string, value: string | undefined): void
}

export function createKeyValueStore(open: () => Storage): KeyValueStore {
  const memory = new Map<string, string>()
  return {
    read(key) {
      try {
        return open().getItem(key) ?? undefined
      } catch {
        return memory.get(key)
      }
    },
    write(key, value) {
      if (value === undefined) memory.delete(key)
      else memory.set(key, value)
      try {
        if (value === undefined) open().removeItem(key)
        else open().setItem(key, value)
      } catch {
        // Closed or full: what is in memory holds until the page is left.
      }
    },
  }
}

/** The part of a storage that is one visitor's: a page may be opened as somebody else in the same tab. */
export function visitorsOwn({ read, write }: KeyValueStore, visitor = ''): KeyValueStore {
  const own = (key: string) => `${key}.${visitor}`
  return { read: (key) => read(own(key)), write: (key, value) => write(own(key), value) }
}

/** False where nothing of ours outlives the page. */
export function isStorageOpen(open: () => Storage): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}
