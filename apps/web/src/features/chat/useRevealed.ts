import { startTransition, useEffect, useState } from 'react'
import { findFirstRevealed, nextFirstKey } from './revealed.ts'

export interface Revealed<Item> {
  /** The end of the list, as much as is to be drawn by now. */
  readonly items: readonly Item[]
  readonly isWhole: boolean
}

/** Lets a long list be drawn from its end: what is in sight at once, the rest portion by portion, with frames for the reader between. */
export function useRevealed<Item>(items: readonly Item[], keyOf: (item: Item) => string): Revealed<Item> {
  const [firstKey, setFirstKey] = useState<string>()
  const keys = items.map(keyOf)
  const first = findFirstRevealed(keys, firstKey)
  const nextKey = nextFirstKey(keys, first)
  useEffect(() => {
    if (nextKey === firstKey) return
    // After the frame that shows what there is so far.
    let timer: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setFirstKey(nextKey)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
    }
  }, [nextKey, firstKey])
  return { items: first === 0 ? items : items.slice(first), isWhole: first === 0 }
}
