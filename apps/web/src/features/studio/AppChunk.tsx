import { type ReactNode, startTransition, useCallback, useState } from 'react'
import type { AppSummary } from '../../api/types/apps.ts'
import { AppCard, type AppCardProps } from './AppCard.tsx'

/** A row of the usual cards, with the gap. */
const ROW_PX = 142

export const chunkGrid = 'grid grid-cols-[repeat(auto-fill,minmax(min(340px,100%),1fr))] gap-3.5'

export interface AppChunkProps extends Omit<AppCardProps, 'app'> {
  readonly apps: readonly AppSummary[]
  readonly isFirst: boolean
  /** What stands before its apps. */
  readonly children?: ReactNode
}

/** Some rows of cards, which are there only while they are on the screen or near it: a thousand would make every click slow. */
export function AppChunk({ apps, isFirst, children, ...card }: AppChunkProps) {
  const { ref, isNear, heightPx } = useNearScreen(apps.length, isFirst)
  return (
    <div ref={ref} className={chunkGrid} style={isNear ? undefined : { height: heightPx }}>
      {isNear && children}
      {isNear && apps.map((app) => <AppCard key={app.id} app={app} {...card} />)}
    </div>
  )
}

/** Whether a chunk is about to be seen; where it is not, how much room it takes: what it took when it was, or a guess. */
function useNearScreen(count: number, isNearAtFirst: boolean) {
  const [isNear, setNear] = useState(isNearAtFirst)
  const [seenPx, setSeenPx] = useState<number>()
  const [columns, setColumns] = useState(3)
  const ref = useCallback((chunk: HTMLElement | null) => {
    if (!chunk) return
    setColumns(getComputedStyle(chunk).gridTemplateColumns.split(' ').length)
    const look = ([entry]: IntersectionObserverEntry[]) => {
      if (!entry) return
      // Who uses a card by the keyboard keeps it while the wheel scrolls past.
      if (!entry.isIntersecting && chunk.contains(document.activeElement)) return
      if (!entry.isIntersecting && chunk.childElementCount > 0) setSeenPx(entry.boundingClientRect.height)
      startTransition(() => setNear(entry.isIntersecting))
    }
    const observer = new IntersectionObserver(look, { root: chunk.closest('main'), rootMargin: '150% 0px' })
    observer.observe(chunk)
    return () => observer.disconnect()
  }, [])
  return { ref, isNear, heightPx: seenPx ?? Math.ceil(count / columns) * ROW_PX }
}
