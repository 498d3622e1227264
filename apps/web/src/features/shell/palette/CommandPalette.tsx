import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon } from '../../../design/index.ts'
import { type Command, type CommandGroup, findCommands } from './command.ts'
import { useCommands } from './useCommands.ts'

export interface CommandPaletteProps {
  /** What was typed before the palette had arrived. */
  readonly typed: string
  readonly onClose: () => void
}

export function CommandPalette({ typed, onClose }: CommandPaletteProps) {
  const { t } = useTranslation('shell')
  const [query, setQuery] = useState(typed)
  const groups = findCommands(useCommands(query, onClose), query)
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          aria-label={t('palette.title')}
          className="popup-frame fixed top-[14vh] left-1/2 z-40 w-140 max-w-[calc(100vw-2rem)] -translate-x-1/2"
        >
          <Autocomplete.Root
            inline
            open
            items={groups}
            value={query}
            onValueChange={setQuery}
            autoHighlight="always"
            itemToStringValue={(item: Command) => item.label}
            filter={null}
          >
            <div className="flex items-center gap-2.5 border-b border-line px-4 text-ink-3">
              <Search size={16} aria-hidden />
              <Autocomplete.Input placeholder={t('jump')} className="h-12 flex-1 bg-transparent text-l text-ink outline-none" />
            </div>
            <Autocomplete.Empty className="px-4 text-ink-3 not-empty:py-6">
              {groups.length === 0 ? t('palette.empty') : null}
            </Autocomplete.Empty>
            <Autocomplete.List className="max-h-90 overflow-y-auto p-1.5 empty:hidden">
              {(group: CommandGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="pb-1">
                  <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">
                    {group.label}
                  </Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(item: Command) => (
                      <Autocomplete.Item
                        key={item.id}
                        value={item}
                        onClick={item.run}
                        className="flex h-9 cursor-default items-center gap-2.5 rounded-sm px-2.5 outline-none data-highlighted:bg-surface-2"
                      >
                        <span className="grid size-6 place-items-center text-ink-3">
                          {item.Icon ? <item.Icon size={15} aria-hidden /> : <AppIcon {...item.appIcon} size="s" />}
                        </span>
                        <span className="min-w-0 flex-1 truncate">{item.label}</span>
                        {item.hint && <span className="text-s text-ink-3">{item.hint}</span>}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
