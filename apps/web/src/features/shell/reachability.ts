/** Whether the last request reached the server; a small store that the banner reads. */
export interface Reachability {
  readonly report: (isReachable: boolean) => void
  readonly read: () => boolean
  readonly subscribe: (onChange: () => void) => () => void
}

export function createReachability(): Reachability {
  let isReachable = true
  const listeners = new Set<() => void>()
  return {
    report(next) {
      if (next === isReachable) return
      isReachable = next
      for (const listener of listeners) listener()
    },
    read: () => isReachable,
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
