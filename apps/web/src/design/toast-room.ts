import { useEffect, useSyncExternalStore } from 'react'

let fields = 0
const listeners = new Set<() => void>()

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  return () => listeners.delete(onChange)
}

function count(change: number): void {
  fields += change
  for (const tell of listeners) tell()
}

/** For a field at the lower edge of the page: messages stand above it while it is there. */
export function useKeepToastsAbove(): void {
  useEffect(() => {
    count(1)
    return () => count(-1)
  }, [])
}

/**
 * Whether there is such a field. A rule of CSS could ask the page (`body:has(…)`): browsers then walk through all that is in it whenever
 * something comes or goes, 15 ms with 500 turns.
 */
export const useIsFieldBelow = (): boolean => useSyncExternalStore(subscribe, () => fields > 0)
