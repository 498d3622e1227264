const SVG = 'http://www.w3.org/2000/svg'

/** Lines in a square of 24. */
const icons = {
  chat: [
    'M21 11.5a8.38 8.38 0 0 1-8.5 8.3 8.9 8.9 0 0 1-3.7-.8L3 21l1.9-5.3a8 8 0 0 1-1-4.2A8.38 8.38 0 0 1 12.5 3 8.4 8.4 0 0 1 21 11.5z',
    'M9 11.5h7',
  ],
  down: ['M6 9.5l6 6 6-6'],
  cross: ['M18 6 6 18', 'M6 6l12 12'],
} as const

type IconName = keyof typeof icons

export interface IconButton {
  readonly element: HTMLButtonElement
  show(label: string, icon: IconName): void
}

export function createIconButton(): IconButton {
  const element = document.createElement('button')
  element.type = 'button'
  return {
    element,
    show(label, icon) {
      element.setAttribute('aria-label', label)
      element.replaceChildren(drawIcon(icon))
    },
  }
}

function drawIcon(name: IconName): SVGElement {
  const icon = document.createElementNS(SVG, 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  for (const line of icons[name]) {
    const path = document.createElementNS(SVG, 'path')
    path.setAttribute('d', line)
    icon.append(path)
  }
  return icon
}
