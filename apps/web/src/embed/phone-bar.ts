import { createIconButton } from './icon-button.ts'
import { adoptStyles, BAR_ID, innerStyles } from './styles.ts'

export interface PhoneBar {
  readonly element: HTMLElement
  show(title: string, closeLabel: string): void
}

/** Above a window that fills a small screen: what it is, and the way back. */
export function createPhoneBar(onClose: () => void): PhoneBar {
  const element = document.createElement('div')
  element.id = BAR_ID
  const inside = element.attachShadow({ mode: 'open' })
  adoptStyles(inside, innerStyles)
  const bar = document.createElement('div')
  bar.className = 'bar'
  const name = document.createElement('span')
  const button = createIconButton()
  button.element.addEventListener('click', onClose)
  bar.append(name, button.element)
  inside.append(bar)
  return {
    element,
    show(title, closeLabel) {
      name.textContent = title
      button.show(closeLabel, 'cross')
    },
  }
}
