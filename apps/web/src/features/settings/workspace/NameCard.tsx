import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, TextField, useToast } from '../../../design/index.ts'
import { workspaceQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { MAX_WORKSPACE_NAME_LENGTH } from './name-length.ts'

export function NameCard() {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { workspace, canAdminister } = useSession()
  const [name, setName] = useState(workspace.name)
  const isFine = name.trim() !== ''
  const rename = useMutation({
    mutationFn: () => api.team.renameWorkspace(name.trim()),
    onSuccess: (renamed) => {
      queryClient.setQueryData(workspaceQuery(api).queryKey, renamed)
      toast.success(t('workspace.renamed'))
    },
    onError: (error) => toast.error(t('workspace.renameFailed'), errorText(error)),
  })
  return (
    <Card className="p-5">
      <form
        noValidate
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (isFine) rename.mutate()
        }}
      >
        <TextField
          label={t('workspace.name')}
          hint={t('workspace.nameHint')}
          className="w-80 max-w-full"
          maxLength={MAX_WORKSPACE_NAME_LENGTH}
          disabled={!canAdminister}
          value={name}
          onValueChange={setName}
          error={isFine ? null : t('workspace.missing')}
        />
        {name.trim() !== workspace.name && (
          <Button type="submit" className="mt-6" isBusy={rename.isPending} disabled={!isFine}>
            {t('save', { ns: 'common' })}
          </Button>
        )}
      </form>
    </Card>
  )
}
