import { type DragEvent, useState } from 'react'

/** An element that files are dropped on: its handlers, and whether something is held over it. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const [isOver, setOver] = useState(false)
  const handlers = {
    onDragOver(event: DragEvent) {
      event.preventDefault()
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    // Also where nothing is taken: the browser would leave the page for the file.
    onDrop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer.files.length > 0) onFiles([...event.dataTransfer.files])
    },
  }
  return { isOver, handlers }
}
