import { useCallback, useRef } from 'react'

/** Below the width at which form and results stand side by side. */
const NARROW = '(max-width: 767px)'

/** Where the form fills the screen, what comes of it appears below: brings that into view. */
export function useShowBelow<Element extends HTMLElement>() {
  const ref = useRef<Element>(null)
  const show = useCallback(() => {
    if (matchMedia(NARROW).matches) ref.current?.scrollIntoView({ block: 'start', behavior: 'smooth' })
  }, [])
  return { ref, show }
}
