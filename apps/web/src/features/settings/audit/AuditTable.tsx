import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AuditEntry } from '../../../api/types/audit.ts'
import { Avatar, Cell, HeaderCell, Table, TableHead, TableRow } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from '../members/queries.ts'
import { useAuditText } from './useAuditText.ts'

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('audit')
  const { account } = useSession()
  const format = useFormat(account.timezone)
  const toText = useAuditText()
  const { data: members = [] } = useQuery(membersQuery(useApi()))
  const pictures = new Map(members.map(({ id, avatar_url }) => [id, avatar_url]))
  return (
    <Table className="min-w-150">
      <TableHead>
        <HeaderCell>{t('columns.who')}</HeaderCell>
        <HeaderCell>{t('columns.what')}</HeaderCell>
        <HeaderCell>{t('columns.when')}</HeaderCell>
        <HeaderCell>{t('columns.from')}</HeaderCell>
      </TableHead>
      <tbody>
        {entries.map((entry) => (
          <TableRow key={entry.id}>
            <Cell>
              <div className="flex items-center gap-2">
                <Avatar name={entry.account.name} url={pictures.get(entry.account.id)} />
                <span className="font-medium whitespace-nowrap">{entry.account.name}</span>
              </div>
            </Cell>
            <Cell className="py-2 wrap-anywhere">{toText(entry)}</Cell>
            <Cell className="whitespace-nowrap text-ink-3">
              <time dateTime={new Date(entry.created_at * 1000).toISOString()} title={format.ago(entry.created_at)}>
                {format.dateTime(entry.created_at)}
              </time>
            </Cell>
            <Cell className="font-mono text-s text-ink-3">{entry.ip}</Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}
