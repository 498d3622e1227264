import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InvitationResult, Member } from '../../../api/types/account.ts'
import { Avatar, Cell, Chip, HeaderCell, Table, TableHead, TableRow, useIsPhone } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { InvitationLinksDialog } from './InvitationLinks.tsx'
import { MemberMenu } from './MemberMenu.tsx'
import { RemoveDialog } from './RemoveDialog.tsx'
import { ResetLinkDialog } from './ResetLinkDialog.tsx'
import { RoleCell } from './RoleCell.tsx'
import { TransferDialog } from './TransferDialog.tsx'

/** What a row asked for, until it is settled. */
type Asked =
  | { readonly type: 'remove' | 'transfer'; readonly member: Member }
  | { readonly type: 'link'; readonly results: readonly InvitationResult[] }
  | { readonly type: 'reset-link'; readonly member: Member; readonly url: string }

export function MemberTable({ members }: { readonly members: readonly Member[] }) {
  const { t } = useTranslation('team')
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  const isPhone = useIsPhone()
  return (
    <>
      <Table className="max-sm:table-fixed sm:min-w-130">
        <TableHead>
          <HeaderCell>{t('members.name')}</HeaderCell>
          {!isPhone && (
            <>
              <HeaderCell className="w-44">{t('members.role')}</HeaderCell>
              <HeaderCell>{t('members.lastActive')}</HeaderCell>
            </>
          )}
          <HeaderCell className="w-10 max-sm:w-13" />
        </TableHead>
        <tbody>
          {members.map((member) => (
            <TableRow key={member.id}>
              <Cell className="h-13 max-sm:py-2">
                <Person member={member}>{isPhone && <Standing member={member} />}</Person>
              </Cell>
              {!isPhone && (
                <>
                  <Cell>
                    <RoleCell member={member} />
                  </Cell>
                  <Cell className="text-ink-3">
                    <Presence member={member} />
                  </Cell>
                </>
              )}
              <Cell>
                <MemberMenu
                  member={member}
                  onRemove={() => setAsked({ type: 'remove', member })}
                  onTransfer={() => setAsked({ type: 'transfer', member })}
                  onResetLink={(url) => setAsked({ type: 'reset-link', member, url })}
                  onLink={(results) => setAsked({ type: 'link', results })}
                />
              </Cell>
            </TableRow>
          ))}
        </tbody>
      </Table>
      {asked?.type === 'remove' && <RemoveDialog member={asked.member} onClose={close} />}
      {asked?.type === 'transfer' && <TransferDialog member={asked.member} onClose={close} />}
      {asked?.type === 'reset-link' && <ResetLinkDialog name={asked.member.name} url={asked.url} onClose={close} />}
      {asked?.type === 'link' && <InvitationLinksDialog results={asked.results} onClose={close} />}
    </>
  )
}

/** What has columns of its own where there is room for them. */
function Standing({ member }: { readonly member: Member }) {
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-s">
      <RoleCell member={member} />
      <span className="text-ink-3">
        <Presence member={member} isAlone />
      </span>
    </div>
  )
}

function Person({ member, children }: { readonly member: Member; readonly children: ReactNode }) {
  const { t } = useTranslation('team')
  const { account } = useSession()
  return (
    <div className="flex items-center gap-2.5">
      <Avatar name={member.name} url={member.avatar_url} size="l" />
      <div className="min-w-0 leading-snug">
        <div className="flex items-center gap-1.5 font-medium max-sm:flex-wrap max-sm:wrap-anywhere">
          {member.name}
          {member.id === account.id && <Chip>{t('members.you')}</Chip>}
          {member.status === 'pending' && <InvitedChip member={member} />}
          {member.status === 'banned' && <Chip tone="bad">{t('members.blocked')}</Chip>}
        </div>
        <div className="text-s text-ink-3 max-sm:wrap-anywhere">{member.email}</div>
        {children}
      </div>
    </div>
  )
}

function InvitedChip({ member }: { readonly member: Member }) {
  const { t } = useTranslation('team')
  const isOver = (member.invitation_expires_at ?? 0) * 1000 <= Date.now()
  return isOver ? <Chip tone="warn">{t('members.expired')}</Chip> : <Chip tone="info">{t('members.invited')}</Chip>
}

/** Alone, without the heading of its column, it says itself what it tells. */
function Presence({ member, isAlone = false }: { readonly member: Member; readonly isAlone?: boolean }) {
  const { t } = useTranslation('team')
  const format = useFormat()
  if (member.status === 'pending') return t('members.since', { ago: format.ago(member.created_at) })
  if (!member.last_active_at) return t(isAlone ? 'members.neverSignedIn' : 'members.never')
  const ago = format.ago(member.last_active_at)
  return isAlone ? t('members.active', { ago }) : ago
}
