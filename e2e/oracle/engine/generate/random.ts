/** Chance from a seed: the same seed makes the same cases on every machine. */
export interface Random {
  /** Whole, both ends included. */
  integer(from: number, to: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** In their order. */
  some<T>(items: readonly T[], most: number): T[]
  shuffled<T>(items: readonly T[]): T[]
}

export function createRandom(seed: number): Random {
  const next = mulberry32(seed)
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const shuffled = <T>(items: readonly T[]): T[] => {
    const left = [...items]
    return items.flatMap(() => left.splice(integer(0, left.length - 1), 1))
  }
  return {
    integer,
    chance: (probability) => next() < probability,
    pick: (items) => {
      const picked = items[integer(0, items.length - 1)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    some: (items, most) => {
      const taken = new Set(shuffled(items).slice(0, integer(Math.min(1, items.length), Math.min(most, items.length))))
      return items.filter((item) => taken.has(item))
    },
    shuffled,
  }
}

/** Tommy Ettinger's Mulberry32. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
