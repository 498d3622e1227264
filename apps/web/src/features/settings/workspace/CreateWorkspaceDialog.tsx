import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, TextField } from '../../../design/index.ts'
import { useEnterWorkspace } from '../../session/useEnterWorkspace.ts'
import { MAX_WORKSPACE_NAME_LENGTH } from './name-length.ts'

export function CreateWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
  const enter = useEnterWorkspace()
  const [name, setName] = useState('')
  const [isTried, setTried] = useState(false)
  const fault = name.trim() === '' ? t('workspace.missing') : null
  const create = useMutation({
    mutationFn: async () => {
      const made = await api.team.createWorkspace(name.trim())
      return api.team.switchWorkspace(made.id)
    },
    onSuccess: async (workspace) => {
      onClose()
      await enter(workspace)
    },
  })
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('workspace.create')}
      description={t('workspace.createLead')}
      onSubmit={() => {
        setTried(true)
        if (!fault) create.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={create.isPending}>
            {t('workspace.createSubmit')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('members.name')}
        autoFocus
        required
        maxLength={MAX_WORKSPACE_NAME_LENGTH}
        value={name}
        onValueChange={setName}
        error={isTried ? fault : null}
      />
      {create.error && <Notice tone="bad">{errorText(create.error)}</Notice>}
    </Dialog>
  )
}
