import { type ComponentType, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../../design/index.ts'
import type { CommandPaletteProps } from './CommandPalette.tsx'

/** The palette's chunk, fetched once the page has nothing better to do, and at the latest when it is asked for. */
export function useLazyPalette(isWanted: boolean, onFailed: () => void): ComponentType<CommandPaletteProps> | undefined {
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
          toast.error(t('partLost'), t('reloadHint'), { label: t('reload'), onSelect: () => location.reload() })
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
export function useTypedAhead(isOpen: boolean, isWaiting: boolean, onCancel: () => void): string {
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
