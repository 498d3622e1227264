import { useCallback, useState } from 'react'

/** Props of a frame in which wide content scrolls sideways: where it does, the keyboard can get there too. */
export function useScrollFrame() {
  const [isScrollable, setScrollable] = useState(false)
  const ref = useCallback((frame: HTMLElement | null) => {
    if (!frame) return
    const observer = new ResizeObserver(() => setScrollable(frame.scrollWidth > frame.clientWidth))
    observer.observe(frame)
    if (frame.firstElementChild) observer.observe(frame.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return { ref, ...(isScrollable && { tabIndex: 0 }) }
}
