/** Finds out whose tooltip is to be seen. */
export interface TipWatch {
  /** Listens; the answer ends it. */
  start(): () => void
  hide(): void
}

const DELAY_MS = 400
/** Whoever goes along a row of buttons waits for the first one only. */
const NEXT_WITHIN_MS = 400

export function createTipWatch(show: (anchor: HTMLElement | null) => void): TipWatch {
  let shown: HTMLElement | null = null
  let awaited: HTMLElement | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = Number.NEGATIVE_INFINITY
  const set = (anchor: HTMLElement | null) => {
    clearTimeout(timer)
    awaited = anchor
    if (shown === anchor) return
    if (shown) hiddenAt = performance.now()
    shown = anchor
    show(anchor)
  }
  const hide = () => set(null)
  const onPointerOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === 'touch') return
    const anchor = tipOf(target)
    if (anchor === awaited && anchor !== null) return
    hide()
    if (!anchor) return
    awaited = anchor
    const isNext = performance.now() - hiddenAt < NEXT_WITHIN_MS
    timer = setTimeout(() => set(anchor.isConnected ? anchor : null), isNext ? 0 : DELAY_MS)
  }
  const onFocusIn = ({ target }: FocusEvent) => {
    const anchor = tipOf(target)
    set(anchor?.matches(':focus-visible') ? anchor : null)
  }
  return {
    hide,
    start() {
      const leaving = new AbortController()
      const options = { signal: leaving.signal, capture: true, passive: true }
      document.addEventListener('pointerover', onPointerOver, options)
      document.addEventListener('focusin', onFocusIn, options)
      for (const event of ['pointerdown', 'focusout', 'keydown', 'pointerleave'] as const) document.addEventListener(event, hide, options)
      return () => {
        leaving.abort()
        hide()
      }
    },
  }
}

/** The element with a tooltip at this place; one whose menu is open needs none. */
function tipOf(target: EventTarget | null): HTMLElement | null {
  const anchor = target instanceof Element ? target.closest('[data-tip]') : null
  return anchor instanceof HTMLElement && anchor.dataset['popupOpen'] === undefined ? anchor : null
}
