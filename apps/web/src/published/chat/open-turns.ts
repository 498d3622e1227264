import type { KeyValueStore } from '../storage.ts'

/** The answers that were being written when this page last looked, by their message ids; kept for a reload in mid-answer. */
export interface OpenTurns {
  list(): readonly string[]
  put(key: string, messageId: string): void
  remove(key: string): void
  /** While the page is being left, requests fail that nobody stopped: what is open then stays open. */
  freeze(isFrozen: boolean): void
}

/** Of one app and one tab. Entries of an earlier life of the page are listed until `remove` or a new start replaces them. */
export function createOpenTurns(code: string, store: KeyValueStore): OpenTurns {
  const storageKey = `trellis.open-turns.${code}`
  const read = (): Record<string, string> => {
    try {
      // Written by this page alone; a broken text means nothing is open.
      return JSON.parse(store.read(storageKey) ?? '{}') as Record<string, string>
    } catch {
      return {}
    }
  }
  const write = (turns: Record<string, string>) =>
    store.write(storageKey, Object.keys(turns).length === 0 ? undefined : JSON.stringify(turns))
  let isFrozen = false
  return {
    list: () => Object.values(read()),
    put: (key, messageId) => write({ ...read(), [key]: messageId }),
    remove(key) {
      if (isFrozen) return
      const { [key]: _, ...rest } = read()
      write(rest)
    },
    freeze(next) {
      isFrozen = next
    },
  }
}
