import { type ReactNode, type RefObject, startTransition, useCallback, useEffect, useState } from 'react'
import type { AppSummary } from '../../api/types/apps.ts'
import { AppCard, type AppCardProps } from './AppCard.tsx'
import { inTurn } from './in-turn.ts'

export const chunkGrid = 'grid content-start grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3.5'

export interface AppChunkProps extends Omit<AppCardProps, 'app'> {
  readonly apps: readonly AppSummary[]
  readonly isFirst: boolean
  /** A row of cards with its gap, as the chunk that was last on view had it; chunks of one list share it. */
  readonly usualRowPx: RefObject<number>
  /** What stands before its apps. */
  readonly children?: ReactNode
}

/** Some rows of cards, which are there only while they are on the screen or near it: a thousand would make every click slow. */
export function AppChunk({ apps, isFirst, usualRowPx, children, ...card }: AppChunkProps) {
  const cells = apps.length + (children ? 1 : 0)
  const { ref, isNear, heightPx } = useNearScreen(cells, isFirst, usualRowPx)
  const drawn = useDrawnInSteps(apps.length, isNear, isFirst)
  return (
    <div ref={ref} className={chunkGrid} style={drawn < apps.length ? { minHeight: heightPx } : undefined}>
      {isNear && children}
      {apps.slice(0, drawn).map((app) => (
        <AppCard key={app.id} app={app} {...card} />
      ))}
    </div>
  )
}

/** On a screen, before anything else. */
const DRAWN_AT_ONCE = 24
/** Cards that are made within a frame. */
const STEP = 6

/** How many cards of so many are drawn by now. Those of all chunks come in turn. */
function useDrawnInSteps(count: number, isNear: boolean, isFirst: boolean): number {
  const [most, setMost] = useState(isFirst ? DRAWN_AT_ONCE : 0)
  const next = isNear ? (most < count ? most + STEP : most) : 0
  useEffect(() => (next === most ? undefined : inTurn(() => startTransition(() => setMost(next)))), [next, most])
  return Math.min(most, count)
}

/** Whether a chunk is about to be seen; where it is not, how much room it takes: what it took when it was, or what others take. */
function useNearScreen(cells: number, isNearAtFirst: boolean, usualRowPx: RefObject<number>) {
  const [isNear, setNear] = useState(isNearAtFirst)
  const [heightPx, setHeightPx] = useState(0)
  const ref = useCallback(
    (chunk: HTMLElement | null) => {
      if (!chunk) return
      const columns = getComputedStyle(chunk).gridTemplateColumns.split(' ').length
      const rowsOf = (count: number) => Math.ceil(count / columns)
      const { top } = chunk.getBoundingClientRect()
      const last = chunk.lastElementChild?.getBoundingClientRect()
      if (last) usualRowPx.current = (last.bottom - top) / rowsOf(chunk.childElementCount)
      // At once: the end of the list would else be in sight, and more of it fetched, until its cards are drawn.
      setHeightPx(rowsOf(cells) * usualRowPx.current)
      const look = (entries: IntersectionObserverEntry[]) => {
        // Of several that came while the page was busy the last one holds.
        const entry = entries.at(-1)
        if (!entry) return
        // Who uses a card by the keyboard keeps it while the wheel scrolls past.
        if (!entry.isIntersecting && chunk.contains(document.activeElement)) return
        if (!entry.isIntersecting && chunk.childElementCount >= cells) setHeightPx(entry.boundingClientRect.height)
        startTransition(() => setNear(entry.isIntersecting))
      }
      const observer = new IntersectionObserver(look, { root: chunk.closest('main'), rootMargin: '150% 0px' })
      observer.observe(chunk)
      return () => observer.disconnect()
    },
    [cells, usualRowPx],
  )
  return { ref, isNear, heightPx }
}
