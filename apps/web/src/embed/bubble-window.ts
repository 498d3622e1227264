import { frameMessages } from './frame-messages.ts'
import { type Box, placeWindow } from './place-window.ts'
import { WINDOW_ID } from './styles.ts'
import { viewportSize } from './viewport.ts'

export interface BubbleWindow {
  readonly element: HTMLIFrameElement
  show(place: 'hidden' | 'phone' | Box): void
  /** Hands the keyboard to the page inside. */
  focus(): void
}

/** A window that fills a small screen wins over the sizes that a page gives it for large ones. */
const PHONE = {
  inset: '44px 0 0 0',
  width: '100vw',
  'max-width': '100vw',
  height: 'calc(100dvh - 44px)',
  'max-height': 'none',
  'border-radius': '0',
}
const placeNames = ['top', 'right', 'bottom', 'left'] as const
const ownNames = [...Object.keys(PHONE), ...placeNames]

/** The app's page, loaded at once and shown when it is asked for. */
export function createBubbleWindow(address: string, title: string): BubbleWindow {
  const element = document.createElement('iframe')
  element.id = WINDOW_ID
  element.title = title
  element.allow = 'fullscreen; microphone; clipboard-write'
  element.src = address
  return {
    element,
    show(place) {
      const { style } = element
      for (const name of ownNames) style.removeProperty(name)
      style.display = place === 'hidden' ? 'none' : 'block'
      if (place === 'hidden') return
      if (place === 'phone') for (const [name, value] of Object.entries(PHONE)) style.setProperty(name, value, 'important')
      else standBeside(element, place)
    },
    focus() {
      element.focus()
      element.contentWindow?.postMessage({ type: frameMessages.opened }, new URL(address).origin)
    },
  }
}

function standBeside({ style }: HTMLElement, button: Box): void {
  const place = placeWindow(button, viewportSize())
  for (const name of placeNames) style.setProperty(name, place[name] === undefined ? 'auto' : `${place[name]}px`)
  style.maxHeight = `${place.maxHeight}px`
}
