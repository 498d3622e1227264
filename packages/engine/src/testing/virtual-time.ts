/** Time that passes only when nothing else can happen: what takes 200 ms takes 200 ms, at once and exactly. */
export class VirtualTime {
  #now = 0
  readonly #due: { readonly at: number; readonly order: number; readonly callback: () => void }[] = []
  #order = 0

  now(): number {
    return this.#now
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = { at: this.#now + delayMs, order: this.#order++, callback }
    this.#due.push(entry)
    return () => {
      const place = this.#due.indexOf(entry)
      if (place >= 0) this.#due.splice(place, 1)
    }
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.after(delayMs, resolve))
  }

  /** Lets time pass until the promise settles. */
  async run(until: Promise<void>): Promise<void> {
    let isOver = false
    const mark = (): void => {
      isOver = true
    }
    until.then(mark, mark)
    while (!isOver) {
      // Whatever can happen now happens before time goes on.
      for (let turn = 0; turn < 100 && !isOver; turn++) await Promise.resolve()
      if (isOver) break
      this.#due.sort((one, other) => one.at - other.at || one.order - other.order)
      const next = this.#due.shift()
      if (!next) throw new Error('nothing is due, and nothing else happens')
      this.#now = next.at
      next.callback()
    }
    await until
  }
}
