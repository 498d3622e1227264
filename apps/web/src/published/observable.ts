/** A value that components can watch. */
export interface Observable<Value> {
  readonly read: () => Value
  readonly update: (change: (value: Value) => Value) => void
  readonly subscribe: (onChange: () => void) => () => void
}

export function createObservable<Value>(initial: Value): Observable<Value> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    read: () => value,
    update(change) {
      const next = change(value)
      if (next === value) return
      value = next
      for (const listener of listeners) listener()
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
