import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { ConfirmDialog, useToast } from '../../design/index.ts'
import { EditAppDialog } from './EditAppDialog.tsx'
import { invalidateApps } from './queries.ts'
import { TagsDialog } from './tags/TagsDialog.tsx'

export interface AppDialog {
  readonly kind: 'edit' | 'tags' | 'delete'
  readonly app: AppSummary
}

export interface AppDialogsProps {
  readonly dialog: AppDialog | null
  /** As they are now: what is done in a dialog shows in it. */
  readonly apps: readonly AppSummary[]
  readonly onClose: () => void
}

export function AppDialogs({ dialog, apps, onClose }: AppDialogsProps) {
  const { t } = useTranslation('studio')
  // A dialog that closes fades away as what it was.
  const [last, setLast] = useState(dialog)
  if (dialog && dialog !== last) setLast(dialog)
  const { remove, isRemoving } = useRemoval(onClose)
  if (!last) return null
  const app = apps.find(({ id }) => id === last.app.id) ?? last.app
  return (
    <>
      <EditAppDialog app={app} isOpen={dialog?.kind === 'edit'} onClose={onClose} />
      <TagsDialog app={app} isOpen={dialog?.kind === 'tags'} onClose={onClose} />
      <ConfirmDialog
        isOpen={dialog?.kind === 'delete'}
        onOpenChange={(isOpen) => !isOpen && onClose()}
        title={t('confirmDelete.title', { name: app.name })}
        consequence={t('confirmDelete.consequence')}
        confirmLabel={t('confirmDelete.confirm')}
        onConfirm={() => remove(app)}
        isBusy={isRemoving}
      />
    </>
  )
}

function useRemoval(onDone: () => void): { readonly remove: (app: AppSummary) => void; readonly isRemoving: boolean } {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const remove = useMutation({
    mutationFn: (app: AppSummary) => api.apps.remove(app.id),
    onSuccess: async (_, app) => {
      onDone()
      toast.success(t('deleted', { name: app.name }))
      await Promise.all([invalidateApps(queryClient), queryClient.invalidateQueries({ queryKey: ['tags'] })])
    },
    onError: (error) => toast.error(t('failed'), errorText(error)),
  })
  return { remove: remove.mutate, isRemoving: remove.isPending }
}
