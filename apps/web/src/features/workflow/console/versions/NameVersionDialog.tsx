import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { App } from '../../../../api/types/apps.ts'
import { useErrorText } from '../../../../api/useErrorText.ts'
import type { WorkflowVersion } from '../../../../api/workflows-api.ts'
import { Button, Dialog, Notice, TextArea, TextField } from '../../../../design/index.ts'
import { versionsQuery } from '../queries.ts'

/** The server's own bounds. */
const MAX_NAME_LENGTH = 20
const MAX_COMMENT_LENGTH = 100

export interface NameVersionDialogProps {
  readonly app: App
  readonly version: WorkflowVersion
  readonly onClose: () => void
}

/** What a version is called, and what is said about it. */
export function NameVersionDialog({ app, version, onClose }: NameVersionDialogProps) {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const [name, setName] = useState(version.marked_name)
  const [comment, setComment] = useState(version.marked_comment)
  const save = useMutation({
    mutationFn: () => api.workflows.nameVersion(app.id, version.id, { name: name.trim(), comment: comment.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: versionsQuery(api, app.id).queryKey })
      onClose()
    },
  })
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('versions.name')}
      onSubmit={() => save.mutate()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('save', { ns: 'common' })}
          </Button>
        </>
      }
    >
      <TextField label={t('versions.nameLabel')} value={name} onValueChange={setName} maxLength={MAX_NAME_LENGTH} />
      <TextArea label={t('versions.comment')} rows={2} value={comment} onValueChange={setComment} maxLength={MAX_COMMENT_LENGTH} />
      {save.error && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}
