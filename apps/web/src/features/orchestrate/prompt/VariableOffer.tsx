import { Popover } from '@base-ui/react/popover'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../../design/index.ts'

export interface VariableOfferProps {
  readonly id: string
  readonly anchor: RefObject<HTMLElement | null>
  readonly names: readonly string[]
  readonly active: number
  readonly onChoose: (name: string) => void
  readonly onClose: () => void
}

/** The id of one name in the list with this id, for `aria-activedescendant`. */
export function offeredId(id: string, position: number): string {
  return `${id}-${position}`
}

/** The variables that fit what is being typed. The keyboard stays with the text: its editor moves the choice. */
export function VariableOffer({ id, anchor, names, active, onChoose, onClose }: VariableOfferProps) {
  const { t } = useTranslation('orchestrate')
  return (
    <Popover.Root open={names.length > 0} onOpenChange={(next) => !next && onClose()} modal={false}>
      <Popover.Portal>
        <Popover.Positioner anchor={anchor} align="start" sideOffset={20} className="z-50 outline-none">
          <Popover.Popup
            id={id}
            role="listbox"
            aria-label={t('prompt.insert')}
            initialFocus={false}
            finalFocus={false}
            className="popup-frame max-h-(--available-height) min-w-40 overflow-y-auto p-1"
          >
            {names.map((name, position) => (
              <button
                type="button"
                tabIndex={-1}
                key={name}
                id={offeredId(id, position)}
                role="option"
                aria-selected={position === active}
                // Pressed, it would take the focus from the text.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(name)}
                className={cx(
                  'flex h-7.5 w-full cursor-default items-center rounded-sm px-2 font-mono text-s hover:bg-surface-2',
                  position === active && 'bg-surface-2',
                )}
              >
                {name}
              </button>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
