import type { CredentialRests } from './credential-rests.ts'
import type { CredentialSet } from './key-pools.ts'
import type { ReadyModel } from './ready-model.ts'

/** The way of one call through the credentials that it may be made with. */
export interface CredentialRotation {
  readonly current: CredentialSet
  /** Goes on to the next set where the failure is that of the current one and another is left; tells whether it did. */
  switchAfter(error: unknown): boolean
}

export interface CredentialRotations {
  begin(ready: ReadyModel): CredentialRotation
}

const MOST_TURNS = 10_000

/**
 * Calls take the sets of a model's pool in turn, those that rest left out. Where all rest, the one that rests the shortest is tried:
 * the provider knows best whether it answers again. One set alone never rests, for there is nobody to stand in.
 */
export function createCredentialRotations({ rests }: { readonly rests: CredentialRests }): CredentialRotations {
  const turns = new Map<string, number>()
  const nextTurn = ({ pool, entry }: ReadyModel): number => {
    const key = `${pool[0]?.version}\n${entry.model}`
    const turn = turns.get(key) ?? 0
    if (turns.size >= MOST_TURNS) turns.clear()
    turns.set(key, turn + 1)
    return turn
  }
  return {
    begin(ready) {
      const { pool, entry } = ready
      const sets = pool.length > 1 ? choose(rotate(pool, nextTurn(ready)), (set) => rests.find(set.version, entry.model)?.untilMs) : pool
      let place = 0
      return {
        get current() {
          const set = sets[place]
          if (!set) throw new TypeError('a model without credentials is not called')
          return set
        },
        switchAfter(error) {
          const set = sets[place]
          if (!set || pool.length === 1 || !rests.begin(set.version, entry.model, error)) return false
          if (place + 1 >= sets.length) return false
          place += 1
          return true
        },
      }
    },
  }
}

const rotate = (pool: readonly CredentialSet[], by: number): readonly CredentialSet[] => {
  const start = by % pool.length
  return [...pool.slice(start), ...pool.slice(0, start)]
}

function choose(pool: readonly CredentialSet[], restsUntil: (set: CredentialSet) => number | undefined): readonly CredentialSet[] {
  const awake = pool.filter((set) => restsUntil(set) === undefined)
  if (awake.length > 0) return awake
  return [...pool].sort((left, right) => (restsUntil(left) ?? 0) - (restsUntil(right) ?? 0)).slice(0, 1)
}
