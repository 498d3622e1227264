import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, ConfirmDialog, Dialog, TextField } from '../../design/index.ts'

export interface RenameDialogProps {
  readonly name: string
  readonly onClose: () => void
  readonly onRename: (name: string) => Promise<boolean>
}

export function RenameDialog({ name, onClose, onRename }: RenameDialogProps) {
  const { t } = useTranslation(['published', 'common'])
  const [text, setText] = useState(name)
  const [isBusy, setBusy] = useState(false)
  const [isChecked, setChecked] = useState(false)
  const isEmpty = text.trim() === ''
  const submit = async () => {
    setChecked(true)
    if (isEmpty) return
    setBusy(true)
    const isDone = await onRename(text.trim())
    setBusy(false)
    if (isDone) onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('renameTitle')}
      onSubmit={() => void submit()}
      footer={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('name')}
        value={text}
        onValueChange={setText}
        error={isChecked && isEmpty ? t('nameMissing') : null}
        maxLength={255}
        onFocus={(event) => event.currentTarget.select()}
      />
    </Dialog>
  )
}

export interface DeleteDialogProps {
  readonly name: string
  readonly isBusy: boolean
  readonly onClose: () => void
  readonly onDelete: () => void
}

export function DeleteDialog({ name, isBusy, onClose, onDelete }: DeleteDialogProps) {
  const { t } = useTranslation(['published', 'common'])
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('deleteTitle')}
      consequence={t('deleteConsequence', { name })}
      confirmLabel={t('common:delete')}
      isBusy={isBusy}
      onConfirm={onDelete}
    />
  )
}
