import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Popover } from '../../design/index.ts'

export interface IconButtonPopoverProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  /** The icon as it is. */
  readonly icon: ReactNode
  /** What it can be instead. */
  readonly children: ReactNode
}

/** A button that shows an icon and opens the choice of others. */
export function IconButtonPopover({ isOpen, onOpenChange, icon, children }: IconButtonPopoverProps) {
  const { t } = useTranslation('studio')
  return (
    <Popover
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={
        <button
          type="button"
          aria-label={t('create.chooseIcon')}
          className="grid size-7.5 place-items-center overflow-hidden rounded-sm border border-line-2 bg-surface text-xl leading-none shadow-low hover:bg-surface-2"
        >
          {icon}
        </button>
      }
    >
      {children}
    </Popover>
  )
}
