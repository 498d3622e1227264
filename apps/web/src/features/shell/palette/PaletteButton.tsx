import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Kbd } from '../../../design/index.ts'
import { paletteKeys, usePaletteControl } from './palette-context.ts'

/** The way to anything by name: the field at the top; phones have it on the rail only. */
export function PaletteButton() {
  const { t } = useTranslation('shell')
  const { openPalette } = usePaletteControl()
  return (
    <button
      type="button"
      aria-label={t('jump')}
      onClick={openPalette}
      className="flex h-7.5 w-65 shrink-0 max-md:w-auto max-sm:hidden items-center gap-2 rounded-sm border border-line bg-surface-2 px-2.25 text-ink-3 hover:border-line-2"
    >
      <Search size={14} aria-hidden />
      <span className="flex-1 text-left max-md:hidden">{t('jump')}</span>
      <Kbd className="max-md:hidden">{paletteKeys()}</Kbd>
    </button>
  )
}
