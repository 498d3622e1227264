import { setImmediate } from 'node:timers/promises'

/** Turns of the event loop in which whatever is under way gets its chance. */
const TURNS = 10

/** A clock that goes on to what is due next as soon as nothing is under way: pauses before retries take no time. */
export class QuickClock {
  #now = 0
  readonly #due = new Map<() => void, number>()

  now(): number {
    return this.#now
  }

  after(delayMs: number, callback: () => void): () => void {
    const entry = (): void => callback()
    this.#due.set(entry, this.#now + delayMs)
    return () => this.#due.delete(entry)
  }

  async run(until: Promise<void>): Promise<void> {
    let isOver = false
    const mark = (): void => {
      isOver = true
    }
    until.then(mark, mark)
    while (!isOver) {
      for (let turn = 0; turn < TURNS && !isOver; turn++) await setImmediate()
      if (!isOver) this.#goOn()
    }
    await until
  }

  #goOn(): void {
    const [next] = [...this.#due].sort(([, one], [, other]) => one - other)
    if (!next) throw new Error('The run waits for something that never comes.')
    const [callback, at] = next
    this.#due.delete(callback)
    this.#now = at
    callback()
  }
}
