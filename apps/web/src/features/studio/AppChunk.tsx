import { type ReactNode, type RefObject, startTransition, useCallback, useState } from 'react'
import type { AppSummary } from '../../api/types/apps.ts'
import { AppCard, type AppCardProps } from './AppCard.tsx'

export const chunkGrid = 'grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3.5'

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
  const { ref, isNear, heightPx } = useNearScreen(apps.length + (children ? 1 : 0), isFirst, usualRowPx)
  return (
    <div ref={ref} className={chunkGrid} style={isNear ? undefined : { height: heightPx }}>
      {isNear && children}
      {isNear && apps.map((app) => <AppCard key={app.id} app={app} {...card} />)}
    </div>
  )
}

/** Whether a chunk is about to be seen; where it is not, how much room it takes: what it took when it was, or what others take. */
function useNearScreen(count: number, isNearAtFirst: boolean, usualRowPx: RefObject<number>) {
  const [isNear, setNear] = useState(isNearAtFirst)
  const [heightPx, setHeightPx] = useState(0)
  const ref = useCallback(
    (chunk: HTMLElement | null) => {
      if (!chunk) return
      const rows = Math.ceil(count / getComputedStyle(chunk).gridTemplateColumns.split(' ').length)
      if (chunk.childElementCount > 0) usualRowPx.current = chunk.offsetHeight / rows
      else setHeightPx((known) => known || rows * usualRowPx.current)
      const look = (entries: IntersectionObserverEntry[]) => {
        // Of several that came while the page was busy the last one holds.
        const entry = entries.at(-1)
        if (!entry) return
        // Who uses a card by the keyboard keeps it while the wheel scrolls past.
        if (!entry.isIntersecting && chunk.contains(document.activeElement)) return
        if (!entry.isIntersecting && chunk.childElementCount > 0) setHeightPx(entry.boundingClientRect.height)
        startTransition(() => setNear(entry.isIntersecting))
      }
      const observer = new IntersectionObserver(look, { root: chunk.closest('main'), rootMargin: '150% 0px' })
      observer.observe(chunk)
      return () => observer.disconnect()
    },
    [count, usualRowPx],
  )
  return { ref, isNear, heightPx }
}
