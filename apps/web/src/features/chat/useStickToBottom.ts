import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { isFollowing } from './is-following.ts'

export interface StickToBottom {
  readonly ref: RefObject<HTMLDivElement | null>
  /** The reader has scrolled away from the end. */
  readonly isAway: boolean
  readonly scrollToEnd: () => void
}

/** Keeps the end of a growing list in view, unless the reader has scrolled up. */
export function useStickToBottom(): StickToBottom {
  const ref = useRef<HTMLDivElement>(null)
  const isPinned = useRef(true)
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    let formerTop = element.scrollTop
    const onScroll = () => {
      const { scrollTop: top, scrollHeight, clientHeight } = element
      isPinned.current = isFollowing(isPinned.current, formerTop, { top, toEndPx: scrollHeight - top - clientHeight })
      formerTop = top
      setAway(!isPinned.current)
    }
    // It tells after the layout and before the paint: whatever makes the list grow is followed in the same frame, and nothing is laid out twice.
    const observer = new ResizeObserver(() => {
      if (!isPinned.current) return
      element.scrollTop = element.scrollHeight
      formerTop = element.scrollTop
    })
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])
  const scrollToEnd = useCallback(() => {
    // Where the end is in view, what comes will be followed.
    if (isPinned.current) return
    isPinned.current = true
    setAway(false)
    ref.current?.scrollTo({ top: ref.current.scrollHeight })
  }, [])
  return { ref, isAway, scrollToEnd }
}
