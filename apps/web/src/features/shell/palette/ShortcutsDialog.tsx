import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog, Kbd, Switch } from '../../../design/index.ts'
import { paletteKeys } from './palette-context.ts'
import { areShortcutsOn, shortcuts, switchShortcuts } from './shortcuts.ts'

/** Every shortcut that there is, and the switch for those of plain letters. */
export function ShortcutsDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation('shell')
  const [isOn, setOn] = useState(areShortcutsOn)
  return (
    <Dialog isOpen={isOpen} onOpenChange={(next) => !next && onClose()} title={t('shortcuts.title')} width="m">
      <div className="grid grid-cols-2 gap-x-8 gap-y-5 pb-1 max-sm:grid-cols-1">
        <section aria-label={t('shortcuts.everywhere')}>
          <h3 className="pb-1 text-xs font-medium text-ink-3">{t('shortcuts.everywhere')}</h3>
          <dl>
            <Row label={t('shortcuts.of.palette')} keys={[paletteKeys()]} />
            <Rows place="everywhere" />
          </dl>
        </section>
        <section aria-label={t('shortcuts.app')}>
          <h3 className="pb-1 text-xs font-medium text-ink-3">{t('shortcuts.app')}</h3>
          <dl>
            <Rows place="app" />
          </dl>
        </section>
      </div>
      <Switch
        className="mb-4 border-t border-line pt-4"
        label={t('shortcuts.letters')}
        hint={t('shortcuts.lettersHint', { keys: paletteKeys() })}
        checked={isOn}
        onCheckedChange={(next) => {
          setOn(next)
          switchShortcuts(next)
        }}
      />
    </Dialog>
  )
}

function Rows({ place }: { readonly place: (typeof shortcuts)[number]['place'] }) {
  const { t } = useTranslation('shell')
  return shortcuts
    .filter((shortcut) => shortcut.place === place)
    .map(({ id, keys }) => <Row key={id} label={t(`shortcuts.of.${id}`)} keys={keys} />)
}

function Row({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  const { t } = useTranslation('shell')
  return (
    <div className="flex h-8 items-center justify-between gap-4">
      <dt>{label}</dt>
      <dd className="flex items-center gap-1.5">
        {keys.map((key, index) => (
          <span key={key} className="flex items-center gap-1.5">
            {index > 0 && <span className="text-xs text-ink-3">{t('shortcuts.then')}</span>}
            <Kbd className="min-w-6 justify-center">{key.length === 1 ? key.toUpperCase() : key}</Kbd>
          </span>
        ))}
      </dd>
    </div>
  )
}
