import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

const NEAR_PX = 48

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
  const [isAway, setAway] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const onScroll = () => {
      isPinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
      setAway(!isPinned.current)
    }
    // Pictures, and parts that load late, grow without a change of ours.
    const observer = new ResizeObserver(() => {
      if (isPinned.current) element.scrollTop = element.scrollHeight
    })
    if (element.firstElementChild) observer.observe(element.firstElementChild)
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `content` is read by nobody; its change is the signal.
  useLayoutEffect(() => {
    if (isPinned.current && ref.current) ref.current.scrollTop = ref.current.scrollHeight
  }, [content])
  const scrollToEnd = useCallback(() => {
    isPinned.current = true
    setAway(false)
    ref.current?.scrollTo({ top: ref.current.scrollHeight })
  }, [])
  return { ref, isAway, scrollToEnd }
}
