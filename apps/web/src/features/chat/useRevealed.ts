import { startTransition, useEffect, useState } from 'react'
import { findFirstRevealed, isHeavy, lessOf, nextFirstKey } from './revealed.ts'
import { useStay } from './Succession.tsx'

export interface Revealed<Item> {
  /** The end of the list, as much as is to be drawn by now. */
  readonly items: readonly Item[]
  /** The index of the first of them. */
  readonly first: number
  readonly isWhole: boolean
}

/**
 * Lets a long list be drawn from its end: what is in sight at once, the rest portion by portion, with frames for the reader between. Where
 * something else takes its place (Succession), it is taken away in the same manner.
 */
export function useRevealed<Item>(items: readonly Item[], keyOf: (item: Item) => string): Revealed<Item> {
  const [firstKey, setFirstKey] = useState<string>()
  const keys = items.map(keyOf)
  const first = findFirstRevealed(keys, firstKey)
  const nextKey = nextFirstKey(keys, first)
  const stay = useStay()
  const kept = useTakenAway(items.length - first, stay)
  const { isLeaving } = stay
  useEffect(() => {
    if (isLeaving || nextKey === firstKey) return
    return afterPaint(() => startTransition(() => setFirstKey(nextKey)))
  }, [isLeaving, nextKey, firstKey])
  return { items: first === 0 && kept === items.length ? items : items.slice(first, first + kept), first, isWhole: first === 0 }
}

/** How many of so many are still there: all of them until they leave. */
function useTakenAway(count: number, { isLeaving, hold }: ReturnType<typeof useStay>): number {
  const [kept, setKept] = useState(Number.POSITIVE_INFINITY)
  const left = Math.min(kept, count)
  const isHolding = Number.isFinite(kept) ? left > 0 : isHeavy(count)
  useEffect(() => (isHolding ? hold() : undefined), [isHolding, hold])
  useEffect(() => {
    if (isLeaving && left > 0) return afterPaint(() => startTransition(() => setKept(lessOf(left))))
  }, [isLeaving, left])
  return left
}

/** Calls after the frame that shows what there is so far. Returns what takes it back. */
function afterPaint(then: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(then)
  })
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
}
