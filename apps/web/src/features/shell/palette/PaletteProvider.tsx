import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react'
import { PaletteContext } from './palette-context.ts'
import { useLazyPalette, useTypedAhead } from './useLazyPalette.ts'
import { usePaletteKeys, useShortcutKeys } from './useShortcutKeys.ts'

const ShortcutsDialog = lazy(() => import('./ShortcutsDialog.tsx').then((module) => ({ default: module.ShortcutsDialog })))

/** Keeps the palette and the list of shortcuts at hand on every page of the console, by ⌘K and by `?`. */
export function PaletteProvider({ children }: { readonly children: ReactNode }) {
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null)
  const [areShortcutsAsked, setShortcutsAsked] = useState(false)
  const control = useMemo(
    () => ({
      openPalette: () => setOpen('palette'),
      openShortcuts: () => {
        setShortcutsAsked(true)
        setOpen('shortcuts')
      },
    }),
    [],
  )
  const close = useCallback(() => setOpen(null), [])
  const isPaletteOpen = open === 'palette'
  const Palette = useLazyPalette(isPaletteOpen, close)
  const typed = useTypedAhead(isPaletteOpen, isPaletteOpen && !Palette, close)
  usePaletteKeys(control.openPalette)
  useShortcutKeys(control.openShortcuts)
  return (
    <PaletteContext value={control}>
      {children}
      {isPaletteOpen && Palette && <Palette typed={typed} onClose={close} />}
      {areShortcutsAsked && (
        <Suspense>
          <ShortcutsDialog isOpen={open === 'shortcuts'} onClose={close} />
        </Suspense>
      )}
    </PaletteContext>
  )
}
