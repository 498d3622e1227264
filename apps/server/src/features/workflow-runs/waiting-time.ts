/** Adds up the time in which at least one of several things was waited for. */
export class WaitingTime {
  readonly #now: () => number
  #waits = 0
  #since = 0
  #totalMs = 0

  /** Milliseconds of any clock that does not run backwards. */
  constructor(now: () => number) {
    this.#now = now
  }

  get totalMs(): number {
    return this.#totalMs + (this.#waits > 0 ? this.#now() - this.#since : 0)
  }

  async during<T>(awaited: Promise<T>): Promise<T> {
    if (this.#waits === 0) this.#since = this.#now()
    this.#waits += 1
    try {
      return await awaited
    } finally {
      this.#waits -= 1
      if (this.#waits === 0) this.#totalMs += this.#now() - this.#since
    }
  }
}
