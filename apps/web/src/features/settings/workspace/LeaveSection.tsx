import { useMutation, useQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, ConfirmDialog, useToast } from '../../../design/index.ts'
import { useEnterWorkspace } from '../../session/useEnterWorkspace.ts'
import { useSession } from '../../session/useSession.ts'
import { mayBecomeOwner } from '../members/member-rules.ts'
import { membersQuery } from '../members/queries.ts'

export function LeaveSection() {
  const { t } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { account, workspace } = useSession()
  const enter = useEnterWorkspace()
  const [isAsked, setAsked] = useState(false)
  const leave = useMutation({
    mutationFn: () => api.team.leave(),
    onSuccess: async (next) => {
      setAsked(false)
      toast.success(t('leave.done', { workspace: workspace.name }))
      await enter(next)
    },
    onError: (error) => toast.error(t('leave.failed'), errorText(error)),
  })
  const isOwner = workspace.role === 'owner'
  const members = useQuery({ ...membersQuery(api), enabled: isOwner }).data
  const isAlone = members !== undefined && !members.some((member) => mayBecomeOwner({ id: account.id, role: workspace.role }, member))
  const ownersHint = t(isAlone ? 'leave.alone' : 'leave.owner')
  return (
    <Card className="flex flex-wrap items-center gap-3 p-5">
      <div className="flex-1 basis-60">
        <h2 className="text-l font-semibold">{t('leave.title')}</h2>
        <p className="text-ink-2">{isOwner ? ownersHint : t('leave.lead')}</p>
      </div>
      <Button icon={<LogOut size={14} aria-hidden />} disabled={isOwner} onClick={() => setAsked(true)}>
        {t('leave.open')}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onOpenChange={setAsked}
        title={t('leave.confirmTitle', { workspace: workspace.name })}
        consequence={t('leave.consequence')}
        confirmLabel={t('leave.open')}
        isBusy={leave.isPending}
        onConfirm={() => leave.mutate()}
      />
    </Card>
  )
}
