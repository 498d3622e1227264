import type { Size } from './place-window.ts'

/** What fixed elements are measured by: scroll bars stand beside it. */
export function viewportSize(): Size {
  const { clientWidth: width, clientHeight: height } = document.documentElement
  return { width, height }
}
