import { makeDraggable } from './drag.ts'
import type { EmbedConfig, Values } from './embed-config.ts'
import { createIconButton } from './icon-button.ts'
import type { EmbedLabels } from './labels.ts'
import type { Box } from './place-window.ts'
import { adoptStyles, BUTTON_ID, innerStyles, WINDOW_ID } from './styles.ts'

export interface BubbleButton {
  readonly element: HTMLElement
  show(isOpen: boolean, labels: EmbedLabels): void
  focus(): void
  place(): Box
}

export interface BubbleButtonActions {
  readonly onPress: () => void
  readonly onMove: () => void
}

/** The round button: a frame that the page may style, and a real button inside which it cannot break. */
export function createBubbleButton(config: EmbedConfig, { onPress, onMove }: BubbleButtonActions): BubbleButton {
  const frame = document.createElement('div')
  applyProps(frame, config.containerProps)
  frame.id = BUTTON_ID
  const inside = frame.attachShadow({ mode: 'open' })
  adoptStyles(inside, innerStyles)
  const { element: button, show } = createIconButton()
  button.setAttribute('aria-haspopup', 'dialog')
  button.setAttribute('aria-controls', WINDOW_ID)
  inside.append(button)
  const drag = config.isDraggable ? makeDraggable(frame, config.dragAxis, onMove) : undefined
  // What held the pointer gets its click: with dragging, the frame.
  frame.addEventListener('click', () => {
    if (!drag?.wasDragged()) onPress()
  })
  return {
    element: frame,
    show(isOpen, labels) {
      button.setAttribute('aria-expanded', String(isOpen))
      show(isOpen ? labels.close : labels.open, isOpen ? 'down' : 'chat')
    },
    focus: () => button.focus(),
    place: () => frame.getBoundingClientRect(),
  }
}

/** Functions listen, texts are class names, style or attributes; nothing of it is read as markup. */
function applyProps(element: HTMLElement, props: Values): void {
  for (const [name, value] of Object.entries(props)) {
    // The page's own function, for its own element.
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/u, '').toLowerCase(), value as EventListener)
    else if (name === 'style') applyStyle(element, value)
    else if (name === 'className') element.classList.add(...String(value).split(/\s+/u).filter(Boolean))
    else if (/^[a-z][\w-]*$/iu.test(name) && !/^on/iu.test(name) && typeof value !== 'object') element.setAttribute(name, String(value))
  }
}

function applyStyle({ style }: HTMLElement, value: unknown): void {
  if (typeof value === 'string') style.cssText = value
  else if (typeof value === 'object' && value !== null) Object.assign(style, value)
}
