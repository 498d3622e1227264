import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'

export interface PopoverProps {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly children: ReactNode
  readonly isOpen?: boolean | undefined
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined
  readonly align?: 'start' | 'center' | 'end'
  readonly className?: string
}

export function Popover({ trigger, children, isOpen, onOpenChange, align = 'start', className }: PopoverProps) {
  return (
    <Base.Root {...(isOpen === undefined ? {} : { open: isOpen })} onOpenChange={(next) => onOpenChange?.(next)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={6} align={align} className="z-50">
          <Base.Popup className={cx('popup-frame max-h-(--available-height) overflow-y-auto p-3', className)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
