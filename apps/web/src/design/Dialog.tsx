import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx.ts'
import { IconButton } from './IconButton.tsx'
import { useRoomFromToasts } from './Toast.tsx'

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
  useRoomFromToasts(isOpen)
  const body = (
    <>
      {children !== undefined && <ScrollingBody>{children}</ScrollingBody>}
      {footer !== undefined && <div className="flex shrink-0 justify-end gap-2 px-5 pt-4 pb-5">{footer}</div>}
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
          <div className="flex shrink-0 items-start gap-2 px-5 pt-4.5 pb-3">
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

const edge = 'pointer-events-none absolute inset-x-0 border-line-2 from-surface to-transparent transition-opacity duration-150'

/** What scrolls between title and buttons; a fade beside a line at an edge says that there is more. */
function ScrollingBody({ children }: { readonly children: ReactNode }) {
  const [isCut, setCut] = useState({ above: false, below: false })
  const watch = useCallback((body: HTMLDivElement | null) => {
    if (!body) return
    // A pixel of slack: zoomed pages scroll by fractions.
    const measure = () => {
      const above = body.scrollTop > 1
      const below = body.scrollHeight - body.clientHeight - body.scrollTop > 1
      setCut((before) => (before.above === above && before.below === below ? before : { above, below }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(body)
    if (body.firstElementChild) observer.observe(body.firstElementChild)
    body.addEventListener('scroll', measure, { passive: true })
    return () => {
      observer.disconnect()
      body.removeEventListener('scroll', measure)
    }
  }, [])
  return (
    <div className="relative flex min-h-0 flex-col">
      <div ref={watch} className="min-h-0 scroll-pt-6 scroll-pb-10 overflow-y-auto px-5 py-1">
        <div className="flex flex-col gap-4">{children}</div>
      </div>
      <div aria-hidden className={cx(edge, 'top-0 h-6 border-t bg-linear-to-b', !isCut.above && 'opacity-0')} />
      <div aria-hidden className={cx(edge, 'bottom-0 h-10 border-b bg-linear-to-t', !isCut.below && 'opacity-0')} />
    </div>
  )
}
