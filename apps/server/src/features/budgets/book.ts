import type { HoldRow } from './budget-books.repository.ts'

/** What calls under way may come to. */
export interface Held {
  readonly reservedNano: number
  /** The part of it that is at the provider: spent, whatever becomes of the process. */
  readonly sentNano: number
}

export interface StoredBook {
  readonly usedNano: number
  readonly refusedCalls: number
  readonly holds: readonly HoldRow[]
}

/** The figures of one window of a budget while they change: what was used, what is held here, and what others hold. */
export class Book {
  readonly #othersNano: number
  /** Holders whose lease is over. */
  readonly gone: readonly string[]
  usedNano: number
  refusedCalls: number
  held: Held

  /** `held`: by calls of this process, which knows better than its row. Of processes that are gone, what was sent counts as used. */
  constructor({ usedNano, refusedCalls, holds }: StoredBook, { holderId, held, now }: { holderId: string; held: Held; now: number }) {
    const others = holds.filter(({ holder_id }) => holder_id !== holderId)
    const dead = others.filter(({ expires_at }) => expires_at < now)
    this.gone = dead.map(({ holder_id }) => holder_id)
    this.#othersNano = sum(others.filter((hold) => !dead.includes(hold)).map(({ reserved_nano }) => reserved_nano))
    this.usedNano = usedNano + sum(dead.map(({ sent_nano }) => sent_nano))
    this.refusedCalls = refusedCalls
    this.held = held
  }

  get reservedNano(): number {
    return this.#othersNano + this.held.reservedNano
  }

  covers(limitNano: number, amountNano: number): boolean {
    return this.usedNano + this.reservedNano + amountNano <= limitNano
  }

  hold({ reservedNano, sentNano }: Held): void {
    this.held = { reservedNano: this.held.reservedNano + reservedNano, sentNano: this.held.sentNano + sentNano }
  }

  /** A call is over: what it held comes back, what it used is gone. */
  settle({ reservedNano, sentNano }: Held, usedNano: number): void {
    this.held = {
      reservedNano: Math.max(0, this.held.reservedNano - reservedNano),
      sentNano: Math.max(0, this.held.sentNano - sentNano),
    }
    this.usedNano += usedNano
  }
}

export const nothingHeld: Held = { reservedNano: 0, sentNano: 0 }

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
