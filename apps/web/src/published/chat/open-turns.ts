import type { KeyValueStore } from '../storage.ts'

/** An answer that was being written when this page last looked; kept for a reload in mid-answer. */
export type OpenTurn =
  | { readonly conversationId: string; readonly messageId: string }
  /** The first question of a conversation that had no id yet: it is the one that came after `newestId`. */
  | { readonly newestId: string | null }

export interface OpenTurns {
  list(): readonly OpenTurn[]
  put(key: string, turn: OpenTurn): void
  remove(key: string): void
  /** While the page is being left, requests fail that nobody stopped: what is open then stays open. */
  freeze(isFrozen: boolean): void
}

/** Of one app and one tab. Entries of an earlier life of the page are listed until `remove` or a new start replaces them. */
export function createOpenTurns(code: string, store: KeyValueStore): OpenTurns {
  const storageKey = `trellis.open-turns.${code}`
  const read = (): Record<string, OpenTurn> => {
    try {
      // Written by this page alone; a broken text means nothing is open.
      return JSON.parse(store.read(storageKey) ?? '{}') as Record<string, OpenTurn>
    } catch {
      return {}
    }
  }
  const write = (turns: Record<string, OpenTurn>) =>
    store.write(storageKey, Object.keys(turns).length === 0 ? undefined : JSON.stringify(turns))
  let isFrozen = false
  return {
    list: () => Object.values(read()),
    put: (key, turn) => write({ ...read(), [key]: turn }),
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
