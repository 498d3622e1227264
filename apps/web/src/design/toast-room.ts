import { useEffect, useSyncExternalStore } from 'react'

/** What may be at the lower edge: the field of a chat, or the bar that the console has there on a phone. */
export type Below = 'field' | 'bar'

const counts = { field: 0, bar: 0 }
const listeners = new Set<() => void>()

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

function count(what: Below, change: number): void {
  counts[what] += change
  for (const tell of listeners) tell()
}

/** For what is at the lower edge of the page: messages stand above it while it is there. */
export function useKeepToastsAbove(what: Below): void {
  useEffect(() => {
    count(what, 1)
    return () => count(what, -1)
  }, [what])
}

function highest(): Below | 'both' | 'nothing' {
  if (counts.field > 0) return counts.bar > 0 ? 'both' : 'field'
  return counts.bar > 0 ? 'bar' : 'nothing'
}

/**
 * What messages stand above. A rule of CSS could ask the page (`body:has(…)`): browsers then walk through all that is in it whenever something
 * comes or goes, 15 ms with 500 turns.
 */
export const useBelow = (): Below | 'both' | 'nothing' => useSyncExternalStore(subscribe, highest)
