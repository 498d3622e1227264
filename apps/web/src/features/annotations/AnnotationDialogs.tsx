import type { Annotation } from '@trellis/contracts'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../api/useErrorText.ts'
import { ConfirmDialog, useToast } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { AnnotationEditor } from './AnnotationEditor.tsx'
import { ImportDialog } from './ImportDialog.tsx'
import { useDeleteAnnotations } from './useAnnotations.ts'

export type OpenDialog =
  | { readonly type: 'add' }
  | { readonly type: 'edit'; readonly annotation: Annotation }
  | { readonly type: 'import' }
  | { readonly type: 'delete'; readonly ids: readonly string[] | 'all' }

export interface AnnotationDialogsProps {
  readonly dialog: OpenDialog
  readonly onClose: () => void
  readonly onDeleted: () => void
}

const emptyText = { question: '', answer: '' }

export function AnnotationDialogs({ dialog, onClose, onDeleted }: AnnotationDialogsProps) {
  switch (dialog.type) {
    case 'add':
      return <AnnotationEditor subject={{ type: 'new' }} initial={emptyText} onClose={onClose} />
    case 'edit': {
      const { id, question, answer } = dialog.annotation
      return (
        <AnnotationEditor
          subject={{ type: 'annotation', id }}
          initial={{ question: question ?? '', answer: answer ?? '' }}
          onClose={onClose}
        />
      )
    }
    case 'import':
      return <ImportDialog onClose={onClose} />
    case 'delete':
      return <DeleteDialog ids={dialog.ids} onClose={onClose} onDeleted={onDeleted} />
  }
}

interface DeleteDialogProps extends Omit<AnnotationDialogsProps, 'dialog'> {
  readonly ids: readonly string[] | 'all'
}

function DeleteDialog({ ids, onClose, onDeleted }: DeleteDialogProps) {
  const { t } = useTranslation('annotations')
  const toast = useToast()
  const errorText = useErrorText()
  const format = useFormat()
  const remove = useDeleteAnnotations()
  const title = () => {
    if (ids === 'all') return t('deleting.allTitle')
    return ids.length === 1 ? t('deleting.oneTitle') : t('deleting.manyTitle', { count: ids.length, text: format.number(ids.length) })
  }
  const confirm = () =>
    remove.mutate(ids, {
      onSuccess: () => {
        toast.success(t('deleting.done'))
        onDeleted()
        onClose()
      },
      onError: (error) => toast.error(t('deleting.failed'), errorText(error)),
    })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={title()}
      consequence={t('deleting.consequence')}
      confirmLabel={t('deleting.confirm')}
      isBusy={remove.isPending}
      onConfirm={confirm}
    />
  )
}
