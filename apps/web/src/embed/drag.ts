import type { DragAxis } from './embed-config.ts'
import { keepInside } from './place-window.ts'
import { viewportSize } from './viewport.ts'

/** A hand that trembles is no drag. */
const THRESHOLD_PX = 5

/** Lets a fixed element be dragged along. True of `wasDragged` until the click that ends a drag is over. */
export function makeDraggable(element: HTMLElement, axis: DragAxis, onMove: () => void): { readonly wasDragged: () => boolean } {
  let grip: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | undefined
  let isDragging = false
  element.style.touchAction = 'none'
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return
    const { left, top } = element.getBoundingClientRect()
    // A pointer is faster than its element.
    element.setPointerCapture(event.pointerId)
    grip = { x: event.clientX, y: event.clientY, left, top }
    isDragging = false
  })
  element.addEventListener('pointermove', (event) => {
    if (!grip) return
    const [x, y] = [event.clientX - grip.x, event.clientY - grip.y]
    if (!isDragging && Math.hypot(x, y) < THRESHOLD_PX) return
    isDragging = true
    const wanted = { left: grip.left + (axis === 'y' ? 0 : x), top: grip.top + (axis === 'x' ? 0 : y) }
    const { width, height } = element.getBoundingClientRect()
    const { left, top } = keepInside(wanted, { width, height }, viewportSize())
    Object.assign(element.style, { left: `${left}px`, top: `${top}px`, right: 'auto', bottom: 'auto' })
    onMove()
  })
  for (const end of ['pointerup', 'pointercancel'] as const) {
    element.addEventListener(end, () => {
      grip = undefined
      // The click that ends a drag comes first.
      setTimeout(() => {
        isDragging = false
      })
    })
  }
  return { wasDragged: () => isDragging }
}
