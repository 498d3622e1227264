import { AlertDialog } from '@base-ui/react/alert-dialog'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'

export interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
  readonly title: string
  /** What is lost, in a sentence. */
  readonly consequence: ReactNode
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly isBusy?: boolean | undefined
  readonly tone?: 'danger' | 'primary'
}

/** Asks once. It stays open while busy, so that a failure can be shown beside it. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onOpenChange, title, consequence, confirmLabel, onConfirm, isBusy, tone = 'danger' } = props
  const { t } = useTranslation('common')
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(next) => onOpenChange(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <AlertDialog.Popup className="popup-frame fixed top-[12vh] left-1/2 z-40 w-105 max-w-[calc(100vw-2rem)] -translate-x-1/2 origin-top p-5">
          <AlertDialog.Title className="text-xl font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-ink-2">{consequence}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <Button onClick={() => onOpenChange(false)}>{t('cancel')}</Button>
            <Button variant={tone} isBusy={isBusy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
