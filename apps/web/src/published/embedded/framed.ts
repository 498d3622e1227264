import { type FrameLook, frameMessages } from '../../embed/frame-messages.ts'
import { hasLayer } from '../layers.ts'

/** The page stands in a frame of another one. */
export const isFramed = (): boolean => window.parent !== window

/** Tells the page around us what we look like. Everybody may know: it is what any visitor sees. */
export function announceLook(look: FrameLook): void {
  if (isFramed()) window.parent.postMessage({ type: frameMessages.ready, payload: look }, '*')
}

/** Calls back when the window that holds us is opened; the answer ends it. */
export function onFrameOpened(onOpened: () => void): () => void {
  const onMessage = ({ source, data }: MessageEvent) => {
    if (source === window.parent && data?.type === frameMessages.opened) onOpened()
  }
  window.addEventListener('message', onMessage)
  return () => window.removeEventListener('message', onMessage)
}

/** Escape closes the window that holds us, unless it closes or stops something within. Call once at start. */
export function closeFrameOnEscape(): void {
  if (!isFramed()) return
  let isForLayer = false
  // Before the handlers of layers, which take themselves away on the same key.
  window.addEventListener('keydown', () => (isForLayer = hasLayer()), { capture: true })
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || isForLayer) return
    window.parent.postMessage({ type: frameMessages.close }, '*')
  })
}
