import { useCallback, useState } from 'react'

/** Props of a frame in which wide or long content scrolls: where it does, the keyboard can get there too. */
export function useScrollFrame() {
  const [isScrollable, setScrollable] = useState(false)
  const ref = useCallback((frame: HTMLElement | null) => {
    if (!frame) return
    const isLarger = () => frame.scrollWidth > frame.clientWidth || frame.scrollHeight > frame.clientHeight
    const observer = new ResizeObserver(() => setScrollable(isLarger()))
    observer.observe(frame)
    if (frame.firstElementChild) observer.observe(frame.firstElementChild)
    return () => observer.disconnect()
  }, [])
  return { ref, ...(isScrollable && { tabIndex: 0 }) }
}
