import { Search } from 'lucide-react'
import { type ComponentType, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd, useToast } from '../../design/index.ts'
import type { CommandPaletteProps } from './CommandPalette.tsx'

const isApple = /Mac|iP(hone|ad)/u.test(navigator.userAgent)

/** The way to anything by name: the field at the top, or ⌘K. */
export function PaletteButton() {
  const { t } = useTranslation('shell')
  const [isOpen, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const Palette = usePalette(isOpen, close)
  const typed = useTypedAhead(isOpen, isOpen && !Palette, close)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(isApple ? event.metaKey : event.ctrlKey)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <>
      <button
        type="button"
        aria-label={t('jump')}
        onClick={() => setOpen(true)}
        className="flex h-7.5 w-65 shrink-0 max-md:w-auto items-center gap-2 rounded-sm border border-line bg-surface-2 px-2.25 text-ink-3 hover:border-line-2"
      >
        <Search size={14} aria-hidden />
        <span className="flex-1 text-left max-md:hidden">{t('jump')}</span>
        <Kbd className="max-md:hidden">{isApple ? '⌘K' : 'Ctrl K'}</Kbd>
      </button>
      {isOpen && Palette && <Palette typed={typed} onClose={close} />}
    </>
  )
}

/** The palette's chunk, fetched once the page has nothing better to do, and at the latest when it is asked for. */
function usePalette(isWanted: boolean, onFailed: () => void): ComponentType<CommandPaletteProps> | undefined {
  const { t } = useTranslation('common')
  const toast = useToast()
  // Not `lazy`: its first showing suspends although the chunk is there, and letters typed meanwhile would be lost.
  const [Palette, setPalette] = useState<ComponentType<CommandPaletteProps>>()
  useEffect(() => {
    if (Palette) return
    let isCurrent = true
    const load = () =>
      import('./CommandPalette.tsx').then(
        (module) => isCurrent && setPalette(() => module.CommandPalette),
        () => {
          if (!isCurrent || !isWanted) return
          toast.error(t('loadFailed'), t('reloadHint'))
          onFailed()
        },
      )
    const cancel = isWanted ? void load() : whenIdle(load)
    return () => {
      isCurrent = false
      cancel?.()
    }
  }, [Palette, isWanted, onFailed, toast, t])
  return Palette
}

/** Runs it when the browser is idle, or soon where it cannot tell. Answers with the way to call it off. */
function whenIdle(run: () => unknown): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(run)
    return () => cancelIdleCallback(handle)
  }
  const handle = setTimeout(run, 500)
  return () => clearTimeout(handle)
}

/** Letters typed while the palette is still on its way, so that it opens with them. */
function useTypedAhead(isOpen: boolean, isWaiting: boolean, onCancel: () => void): string {
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (!isOpen) setTyped('')
  }, [isOpen])
  useEffect(() => {
    if (!isWaiting) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape') onCancel()
      else if (event.key === 'Backspace') setTyped((current) => current.slice(0, -1))
      else if (event.key.length === 1) setTyped((current) => current + event.key)
      else if (event.key !== 'Enter') return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [isWaiting, onCancel])
  return typed
}
