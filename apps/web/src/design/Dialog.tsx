import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { IconButton } from './IconButton.tsx'

export interface DialogProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons, right-aligned below the content. */
  readonly footer?: ReactNode
  readonly width?: 's' | 'm' | 'l' | undefined
  /** Where set, the dialog is a form and Enter submits it. */
  readonly onSubmit?: (() => void) | undefined
}

const widths = { s: 'w-105', m: 'w-130', l: 'w-190' }

export function Dialog({ isOpen, onOpenChange, title, description, children, footer, width = 's', onSubmit }: DialogProps) {
  const { t } = useTranslation('common')
  const body = (
    <>
      {children !== undefined && <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 py-1">{children}</div>}
      {footer !== undefined && <div className="flex justify-end gap-2 px-5 pt-4 pb-5">{footer}</div>}
    </>
  )
  return (
    <Base.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Popup
          className={cx(
            'popup-frame fixed top-[12vh] left-1/2 z-40 flex max-h-[80vh] max-w-[calc(100vw-2rem)] -translate-x-1/2 flex-col origin-top',
            widths[width],
          )}
        >
          <div className="flex items-start gap-2 px-5 pt-4.5 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-xl font-semibold">{title}</Base.Title>
              {description !== undefined && <Base.Description className="mt-1 text-m text-ink-2">{description}</Base.Description>}
            </div>
            <IconButton label={t('close')} size="s" isTooltipHidden onClick={() => onOpenChange(false)}>
              <X size={16} aria-hidden />
            </IconButton>
          </div>
          {onSubmit ? (
            <form
              noValidate
              className="flex min-h-0 flex-col"
              onSubmit={(event) => {
                event.preventDefault()
                event.stopPropagation()
                onSubmit()
              }}
            >
              {body}
            </form>
          ) : (
            body
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
