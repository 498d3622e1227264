import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AssignableRole, Member } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Select, useToast } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { mayManage } from './member-rules.ts'
import { membersQuery } from './queries.ts'
import { useRoleOptions } from './useRoleOptions.ts'

/** The role, which whoever may changes in place. */
export function RoleCell({ member }: { readonly member: Member }) {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account, workspace } = useSession()
  const options = useRoleOptions(member.role)
  const change = useMutation({
    mutationFn: (role: AssignableRole) => api.team.changeRole(member.id, role),
    onSuccess: (_answer, role) => toast.success(t('members.roleChanged', { name: member.name, role: t(`roles.${role}`) })),
    onError: (error) => toast.error(t('members.roleFailed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery(api).queryKey }),
  })
  const { role } = member
  if (role === 'owner' || !mayManage({ id: account.id, role: workspace.role }, member)) return t(`roles.${role}`)
  return (
    <Select
      aria-label={t('members.roleOf', { name: member.name })}
      className="w-38"
      options={options}
      value={change.isPending ? change.variables : role}
      onValueChange={(next) => next !== role && change.mutate(next)}
    />
  )
}
