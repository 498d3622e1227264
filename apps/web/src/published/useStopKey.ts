import { useEffect } from 'react'
import { hasLayer } from './layers.ts'

/** Escape stops an answer, unless it closes something that lies over the page. */
export function useStopKey(isActive: boolean, onStop: () => void): void {
  useEffect(() => {
    if (!isActive) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
      if (hasLayer()) return
      event.preventDefault()
      onStop()
    }
    // Before the handlers of layers, which take themselves away on the same key.
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isActive, onStop])
}
