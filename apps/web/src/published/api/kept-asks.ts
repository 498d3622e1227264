import type { KeyValueStore } from '../storage.ts'
import { newAskId } from './new-ask-id.ts'

/** One thing that is asked for, by a name of its own. */
export interface Ask<What> {
  readonly id: string
  readonly what: What
  /** An earlier life of the page asked for it: it may have been taken. */
  readonly isRepeated: boolean
  /** What became of it before it was taken. */
  change(what: What): void
  /** It was taken, refused, or left. */
  forget(): void
}

/** What was asked for in this tab and not yet answered by a first frame, so that a page that is loaded anew asks again by the same name. */
export interface KeptAsks<What> {
  begin(what: What): Ask<What>
  /** Those of the page's earlier life, oldest first; each is given once. */
  takeUp(): readonly Ask<What>[]
}

export interface KeptAsksDependencies {
  readonly code: string
  readonly tabStore: KeyValueStore
  readonly now?: () => number
}

interface Entry<What> {
  readonly id: string
  readonly askedAtMs: number
  readonly what: What
}

/** An hour less than servers know names (`run-asks.ts`): a name that has just been forgotten would begin it a second time. */
const MAX_AGE_MS = 23 * 3_600_000
/** Of one ask, as JSON. What is longer is asked for as well, but gone with the page: tabs have room for some five million in all. */
const MAX_CHARACTERS = 500_000

export function createKeptAsks<What>({ code, tabStore, now = Date.now }: KeptAsksDependencies): KeptAsks<What> {
  const storageKey = `trellis.asks.${code}`
  const given = new Set<string>()
  const read = (): readonly Entry<What>[] => {
    try {
      // Written by this page alone; a broken text means that nothing is open.
      return JSON.parse(tabStore.read(storageKey) ?? '[]') as readonly Entry<What>[]
    } catch {
      return []
    }
  }
  const write = (entries: readonly Entry<What>[]) => tabStore.write(storageKey, entries.length === 0 ? undefined : JSON.stringify(entries))
  // While the page is being left, requests fail that nobody stopped: what is kept then stays kept.
  let isLeft = false
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', () => {
      isLeft = true
    })
    window.addEventListener('pageshow', () => {
      isLeft = false
    })
  }
  const remove = (id: string) => {
    if (isLeft) return
    const entries = read()
    if (entries.some((entry) => entry.id === id)) write(entries.filter((entry) => entry.id !== id))
  }
  const toAsk = ({ id, askedAtMs, what }: Entry<What>, isRepeated: boolean): Ask<What> => {
    given.add(id)
    return {
      id,
      what,
      isRepeated,
      change: (next) => write(read().map((entry) => (entry.id === id ? { id, askedAtMs, what: next } : entry))),
      forget: () => remove(id),
    }
  }
  return {
    begin(what) {
      const entry = { id: newAskId(), askedAtMs: now(), what }
      if (JSON.stringify(entry).length <= MAX_CHARACTERS) write([...read(), entry])
      return toAsk(entry, false)
    },
    takeUp() {
      const entries = read().filter(({ askedAtMs }) => now() - askedAtMs < MAX_AGE_MS)
      write(entries)
      return entries.filter(({ id }) => !given.has(id)).map((entry) => toAsk(entry, true))
    },
  }
}

/** An ask that nobody remembers. */
export const passingAsk = <What>(what: What): Ask<What> => ({
  id: newAskId(),
  what,
  isRepeated: false,
  change: () => undefined,
  forget: () => undefined,
})
