import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AuditEntry } from '../../../api/types/audit.ts'
import { Avatar, Cell, HeaderCell, Table, TableHead, TableRow } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from '../members/queries.ts'
import { useAuditText } from './useAuditText.ts'

/** On phones time and address stand below what happened: a log without the time tells little. */
export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('audit')
  const toText = useAuditText()
  const { data: members = [] } = useQuery(membersQuery(useApi()))
  const pictures = new Map(members.map(({ id, avatar_url }) => [id, avatar_url]))
  return (
    <Table className="sm:min-w-150">
      <TableHead>
        <HeaderCell>{t('columns.who')}</HeaderCell>
        <HeaderCell>{t('columns.what')}</HeaderCell>
        <HeaderCell className="max-sm:hidden">{t('columns.when')}</HeaderCell>
        <HeaderCell className="max-sm:hidden">{t('columns.from')}</HeaderCell>
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
            <Cell className="py-2 wrap-anywhere">
              {toText(entry)}
              <span className="mt-0.5 flex flex-wrap gap-x-2 text-s text-ink-3 sm:hidden">
                <When at={entry.created_at} />
                <span className="font-mono">{entry.ip}</span>
              </span>
            </Cell>
            <Cell className="whitespace-nowrap text-ink-3 max-sm:hidden">
              <When at={entry.created_at} />
            </Cell>
            <Cell className="font-mono text-s text-ink-3 max-sm:hidden">{entry.ip}</Cell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

function When({ at }: { readonly at: number }) {
  const { account } = useSession()
  const format = useFormat(account.timezone)
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={format.ago(at)}>
      {format.dateTime(at)}
    </time>
  )
}
