import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Member } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, useToast } from '../../../design/index.ts'
import { PasswordField } from '../../session/PasswordField.tsx'
import { workspaceQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from './queries.ts'

export function TransferDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account, workspace } = useSession()
  const [password, setPassword] = useState('')
  const transfer = useMutation({
    mutationFn: () => api.team.transferOwnership(member.id, password),
    onSuccess: async () => {
      onClose()
      toast.success(t('transfer.done', { name: member.name }))
      await Promise.all([workspaceQuery(api), membersQuery(api)].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
    },
  })
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('transfer.title', { name: member.name })}
      description={t('transfer.consequence', { workspace: workspace.name })}
      onSubmit={() => transfer.mutate()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="danger" isBusy={transfer.isPending} disabled={account.is_password_set && password === ''}>
            {t('transfer.confirm')}
          </Button>
        </>
      }
    >
      {account.is_password_set && (
        <PasswordField label={t('transfer.password')} autoComplete="current-password" value={password} onValueChange={setPassword} />
      )}
      {transfer.error && <Notice tone="bad">{errorText(transfer.error)}</Notice>}
    </Dialog>
  )
}
