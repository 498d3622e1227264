import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, ErrorState, Skeleton } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { MemberTable } from './MemberTable.tsx'
import { membersQuery } from './queries.ts'

export function MembersPage() {
  const { t } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
  const { workspace, canAdminister } = useSession()
  const [isInviting, setInviting] = useState(false)
  const members = useQuery(membersQuery(api))
  return (
    <>
      <PageHeading title={t('members.title')} lead={t('members.lead', { workspace: workspace.name })}>
        {canAdminister && (
          <Button variant="primary" icon={<UserPlus size={14} aria-hidden />} onClick={() => setInviting(true)}>
            {t('invite.open')}
          </Button>
        )}
      </PageHeading>
      {members.isPending && <Skeleton className="h-30" />}
      {members.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.data && <MemberTable members={members.data} />}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </>
  )
}
