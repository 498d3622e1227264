import { createContext, use } from 'react'

export interface PaletteControl {
  readonly openPalette: () => void
  readonly openShortcuts: () => void
}

export const PaletteContext = createContext<PaletteControl | null>(null)

/** The way to open the palette; only below the console shell. */
export function usePaletteControl(): PaletteControl {
  const control = use(PaletteContext)
  if (!control) throw new Error('usePaletteControl needs the PaletteProvider above it')
  return control
}

const isApple = (): boolean => /Mac|iP(hone|ad)/u.test(navigator.userAgent)

/** How the palette's shortcut is written here. */
export const paletteKeys = (): string => (isApple() ? '⌘K' : 'Ctrl K')

export const isPalettePress = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'k' && !event.shiftKey && !event.altKey && (isApple() ? event.metaKey : event.ctrlKey)
