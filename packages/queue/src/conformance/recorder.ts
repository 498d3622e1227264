/** Collects values as they come and lets a test await each in turn. */
export interface Recorder<T> {
  readonly seen: readonly T[]
  record(value: T): void
  /** The next value that no `next` has returned yet. */
  next(): Promise<T>
}

export function createRecorder<T>(): Recorder<T> {
  const seen: T[] = []
  const unread: T[] = []
  const readers: ((value: T) => void)[] = []
  return {
    seen,
    record(value) {
      seen.push(value)
      const reader = readers.shift()
      if (reader) reader(value)
      else unread.push(value)
    },
    next() {
      if (unread.length > 0) return Promise.resolve(unread.shift() as T) // not empty: just looked
      const { promise, resolve } = Promise.withResolvers<T>()
      readers.push(resolve)
      return promise
    },
  }
}
