import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useSession } from '../../session/useSession.ts'
import { isPalettePress } from './palette-context.ts'
import { areShortcutsOn, type Press, readPress, type ShortcutId } from './shortcuts.ts'

/** ⌘K, Ctrl K elsewhere: also out of fields and dialogs. */
export function usePaletteKeys(openPalette: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPalettePress(event)) return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [openPalette])
}

/** The shortcuts of plain letters, while nobody writes and nothing lies over the page. */
export function useShortcutKeys(openShortcuts: () => void): void {
  const before = useRef<Press | null>(null)
  const run = useShortcutActions(openShortcuts)
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.key === 'Shift') return
    if (event.isComposing || takesKeys(event.target) || !areShortcutsOn()) return
    const { shortcut, pending } = readPress({ key: event.key, atMs: event.timeStamp }, before.current)
    before.current = pending
    if (shortcut && run(shortcut)) event.preventDefault()
  })
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Where letters are text, or choose something by its first letter, or belong to what lies over the page. */
const keyTakers = 'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"], [role="tree"]'

const takesKeys = (target: EventTarget | null): boolean => target instanceof Element && target.closest(keyTakers) !== null

/** Tells whether there was anything to do. */
function useShortcutActions(openShortcuts: () => void): (shortcut: ShortcutId) => boolean {
  const navigate = useNavigate()
  const { canEdit } = useSession()
  const { id } = useParams({ strict: false })
  return (shortcut) => {
    switch (shortcut) {
      case 'help':
        openShortcuts()
        return true
      case 'search':
        return focusSearch()
      case 'create':
        if (canEdit) void navigate({ to: '/apps', search: { new: 'chat' } })
        return canEdit
      case 'studio':
        void navigate({ to: '/apps' })
        return true
      case 'models':
        void navigate({ to: '/settings/models' })
        return true
      default:
        if (id !== undefined) void navigate({ to: `/app/$id/${shortcut}`, params: { id } })
        return id !== undefined
    }
  }
}

/** The page's search field is the one that names this key. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('input[aria-keyshortcuts="/"]')
  field?.focus()
  field?.select()
  return field !== null
}
