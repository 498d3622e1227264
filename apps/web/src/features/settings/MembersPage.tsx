import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Avatar, Cell, Chip, ErrorState, HeaderCell, Skeleton, Table, TableHead, TableRow } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import { useSession } from '../session/useSession.ts'
import { PageHeading } from './PageHeading.tsx'

export function MembersPage() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const errorText = useErrorText()
  const format = useFormat()
  const { account, workspace } = useSession()
  const members = useQuery({ queryKey: ['members'], queryFn: () => api.account.members() })
  return (
    <>
      <PageHeading title={t('members.title')} lead={t('members.lead', { workspace: workspace.name })} />
      {members.isPending && <Skeleton className="h-30" />}
      {members.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(members.error)} onRetry={() => void members.refetch()} />
      )}
      {members.data && (
        <Table className="min-w-120">
          <TableHead>
            <HeaderCell>{t('members.name')}</HeaderCell>
            <HeaderCell>{t('members.role')}</HeaderCell>
            <HeaderCell>{t('members.lastActive')}</HeaderCell>
          </TableHead>
          <tbody>
            {members.data.map((member) => (
              <TableRow key={member.id}>
                <Cell className="h-13">
                  <div className="flex items-center gap-2.5">
                    <Avatar name={member.name} size="l" />
                    <div className="min-w-0 leading-snug">
                      <div className="flex items-center gap-1.5 font-medium">
                        {member.name}
                        {member.id === account.id && <Chip>{t('members.you')}</Chip>}
                      </div>
                      <div className="text-s text-ink-3">{member.email}</div>
                    </div>
                  </div>
                </Cell>
                <Cell>{t(`members.roles.${member.role}`)}</Cell>
                <Cell className="text-ink-3">{member.last_active_at ? format.ago(member.last_active_at) : t('members.never')}</Cell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </>
  )
}
