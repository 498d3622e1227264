import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import type { WorkflowVersion } from '../../../../api/workflows-api.ts'
import { ConfirmDialog, useToast } from '../../../../design/index.ts'
import { versionsQuery, workflowDraftQuery } from '../queries.ts'

export interface VersionConfirmationProps {
  readonly app: App
  readonly act: 'restore' | 'delete'
  readonly version: WorkflowVersion
  readonly onClose: () => void
}

/** Asks before the draft is overwritten or a version deleted. */
export function VersionConfirmation({ app, act, version, onClose }: VersionConfirmationProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const isRestoring = act === 'restore'
  const run = useMutation({
    mutationFn: () => (isRestoring ? api.workflows.restoreVersion(app.id, version.id) : api.workflows.deleteVersion(app.id, version.id)),
    onSuccess: async () => {
      const { queryKey } = isRestoring ? workflowDraftQuery(api, app.id) : versionsQuery(api, app.id)
      await queryClient.invalidateQueries({ queryKey })
      toast.success(t(isRestoring ? 'versions.restored' : 'versions.deleted'))
      onClose()
    },
    onError: (error) => toast.error(errorText(error)),
  })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(isRestoring ? 'versions.restoreTitle' : 'versions.deleteTitle')}
      consequence={t(isRestoring ? 'versions.restoreConsequence' : 'versions.deleteConsequence')}
      confirmLabel={isRestoring ? t('versions.restore') : t('delete', { ns: 'common' })}
      tone={isRestoring ? 'primary' : 'danger'}
      isBusy={run.isPending}
      onConfirm={() => run.mutate()}
    />
  )
}
