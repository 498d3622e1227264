import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Member } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { ConfirmDialog, useToast } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from './queries.ts'

export function RemoveDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { workspace } = useSession()
  const what = member.status === 'pending' ? 'takeBack' : 'remove'
  const remove = useMutation({
    mutationFn: () => api.team.remove(member.id),
    onSuccess: () => {
      onClose()
      toast.success(t(`${what}.done`, { name: member.name }))
    },
    onError: (error) => toast.error(t(`${what}.failed`), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery(api).queryKey }),
  })
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t(`${what}.title`, { name: member.name, email: member.email })}
      consequence={t(`${what}.consequence`, { workspace: workspace.name })}
      confirmLabel={t(`${what}.confirm`)}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  )
}
