import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { lazyDialog } from '../../../lazy-dialog.tsx'
import { PaletteContext } from './palette-context.ts'
import { useLazyPalette, useTypedAhead } from './useLazyPalette.ts'
import { usePaletteKeys, useShortcutKeys } from './useShortcutKeys.ts'

const ShortcutsDialog = lazyDialog(
  () => import('./ShortcutsDialog.tsx').then((module) => module.ShortcutsDialog),
  ({ isOpen }) => isOpen,
)

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
      {areShortcutsAsked && <ShortcutsDialog isOpen={open === 'shortcuts'} onClose={close} />}
    </PaletteContext>
  )
}
