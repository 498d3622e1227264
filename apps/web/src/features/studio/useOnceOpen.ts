import { useState } from 'react'

/** Whether a dialog has been opened yet: from then on it stays mounted, so that it can fade away. What was never asked for is not even loaded. */
export function useOnceOpen(isOpen: boolean): boolean {
  const [wasOpen, setWasOpen] = useState(isOpen)
  if (isOpen && !wasOpen) setWasOpen(true)
  return wasOpen || isOpen
}
