import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { isFollowing } from './is-following.ts'

export interface StickToBottom {
  readonly ref: RefObject<HTMLDivElement | null>
  /** The reader has scrolled away from the end. */
  readonly isAway: boolean
  readonly scrollToEnd: () => void
}

/** Keeps the end of a growing list in view, unless the reader has scrolled up. `content` is whatever makes it grow. */
export function useStickToBottom(content: unknown): StickToBottom {
  const ref = useRef<HTMLDivElement>(null)
  const isPinned = useRef(true)
  const formerTop = useRef(0)
  const [isAway, setAway] = useState(false)
  const follow = useCallback(() => {
    const element = ref.current
    if (!element || !isPinned.current) return
    element.scrollTop = element.scrollHeight
    formerTop.current = element.scrollTop
  }, [])
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const onScroll = () => {
      const { scrollTop: top, scrollHeight, clientHeight } = element
      isPinned.current = isFollowing(isPinned.current, formerTop.current, { top, toEndPx: scrollHeight - top - clientHeight })
      formerTop.current = top
      setAway(!isPinned.current)
    }
    // Pictures, and parts that load late, grow without a change of ours.
    const observer = new ResizeObserver(follow)
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [follow])
  // Before the first frame: it would else draw the turns at the top, and the next one those at the end.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `content` is read by nobody; its change is the signal.
  useLayoutEffect(follow, [content])
  const scrollToEnd = useCallback(() => {
    isPinned.current = true
    setAway(false)
    follow()
  }, [follow])
  return { ref, isAway, scrollToEnd }
}
