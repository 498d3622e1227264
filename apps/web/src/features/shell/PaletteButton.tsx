import { Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../../design/index.ts'

const CommandPalette = lazy(() => import('./CommandPalette.tsx').then((module) => ({ default: module.CommandPalette })))

const isApple = /Mac|iP(hone|ad)/u.test(navigator.userAgent)

/** The way to anything by name: the field at the top, or ⌘K. */
export function PaletteButton() {
  const { t } = useTranslation('shell')
  const [isOpen, setOpen] = useState(false)
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
        onClick={() => setOpen(true)}
        className="flex h-7.5 w-65 items-center gap-2 rounded-sm border border-line bg-surface-2 px-2.25 text-ink-3 hover:border-line-2"
      >
        <Search size={14} aria-hidden />
        <span className="flex-1 text-left">{t('jump')}</span>
        <Kbd>{isApple ? '⌘K' : 'Ctrl K'}</Kbd>
      </button>
      {isOpen && (
        <Suspense>
          <CommandPalette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
