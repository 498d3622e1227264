import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Crown, Ellipsis, KeyRound, Link2, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { InvitationResult, Member } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { IconButton, Menu, useToast } from '../../../design/index.ts'
import { useSendsMail } from '../../session/useSendsMail.ts'
import { useSession } from '../../session/useSession.ts'
import { mayBecomeOwner, mayManage } from './member-rules.ts'
import { membersQuery } from './queries.ts'

export interface MemberMenuProps {
  readonly member: Member
  readonly onRemove: () => void
  readonly onTransfer: () => void
  readonly onResetLink: (url: string) => void
  readonly onLink: (results: readonly InvitationResult[]) => void
}

/** What may be done with somebody; nothing is shown where nothing may. */
export function MemberMenu({ member, onRemove, onTransfer, onResetLink, onLink }: MemberMenuProps) {
  const { t } = useTranslation('team')
  const { account, workspace } = useSession()
  const renew = useNewLink(onLink)
  const reset = useResetLink(onResetLink)
  const sendsMail = useSendsMail()
  const self = { id: account.id, role: workspace.role }
  const isPending = member.status === 'pending'
  const canManage = mayManage(self, member)
  const canTransfer = mayBecomeOwner(self, member)
  if (!canManage && !canTransfer) return null
  return (
    <Menu
      trigger={
        <IconButton
          size="s"
          label={t('members.actions', { name: member.name })}
          isTooltipHidden
          isBusy={renew.isPending || reset.isPending}
        >
          <Ellipsis size={15} aria-hidden />
        </IconButton>
      }
      groups={[
        [
          ...(isPending && canManage
            ? [{ label: t('members.newLink'), icon: <Link2 size={15} aria-hidden />, onSelect: () => renew.mutate(member) }]
            : []),
          ...(!isPending && canManage && !sendsMail
            ? [{ label: t('resetLink.open'), icon: <KeyRound size={15} aria-hidden />, onSelect: () => reset.mutate(member) }]
            : []),
          ...(canTransfer ? [{ label: t('transfer.open'), icon: <Crown size={15} aria-hidden />, onSelect: onTransfer }] : []),
        ],
        canManage
          ? [
              {
                label: isPending ? t('members.takeBack') : t('members.remove'),
                icon: <Trash2 size={15} aria-hidden />,
                onSelect: onRemove,
                isDestructive: true,
              },
            ]
          : [],
      ]}
    />
  )
}

/** A link is known once: whoever lost it gets another, which ends the first. */
function useNewLink(onLink: MemberMenuProps['onLink']) {
  const { t, i18n } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async ({ email, role }: Member) =>
      role === 'owner' ? [] : api.team.invite({ emails: [email], role, language: i18n.language }),
    onSuccess: onLink,
    onError: (error) => toast.error(t('invite.failed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery(api).queryKey }),
  })
}

/** Without mail, an administrator passes the link on. */
function useResetLink(onResetLink: MemberMenuProps['onResetLink']) {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  return useMutation({
    mutationFn: ({ id }: Member) => api.team.makeResetLink(id),
    onSuccess: onResetLink,
    onError: (error) => toast.error(t('resetLink.failed'), errorText(error)),
  })
}
