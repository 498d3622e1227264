/** Keeps `--page-height` at what is really seen: on phones that lay the keyboard over the page, the room above it. */
export function watchViewport(): void {
  const { visualViewport } = window
  if (!visualViewport) return
  const apply = () => {
    // A page that was zoomed by hand is left alone.
    if (visualViewport.scale > 1.01) return
    // A frame that is not shown has no height yet.
    if (visualViewport.height === 0) return
    document.documentElement.style.setProperty('--page-height', `${visualViewport.height}px`)
  }
  visualViewport.addEventListener('resize', apply)
  apply()
}
