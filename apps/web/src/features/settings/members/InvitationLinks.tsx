import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { InvitationResult } from '../../../api/types/account.ts'
import { Button, CopyButton, Dialog, Notice } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSendsMail } from '../../session/useSendsMail.ts'
import { membersQuery } from './queries.ts'

/** The links of new invitations: shown once, to be sent by whoever invites, where no letter does. */
export function InvitationLinksDialog({
  results,
  onClose,
}: {
  readonly results: readonly InvitationResult[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('team')
  const sendsMail = useSendsMail()
  const format = useFormat()
  const { data: members = [] } = useQuery(membersQuery(useApi()))
  const made = results.flatMap(({ email, url }) => (url === undefined ? [] : [{ email, url }]))
  const others = results.filter(({ url }) => url === undefined)
  const until = members.find(({ email }) => made.some((link) => link.email.toLowerCase() === email.toLowerCase()))?.invitation_expires_at
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('links.title', { count: made.length })}
      description={made.length > 0 ? t(sendsMail ? 'links.leadMailed' : 'links.lead') : undefined}
      width="m"
      footer={
        <>
          {made.length > 1 && (
            <CopyButton
              size="m"
              variant="default"
              label={t('links.copyAll')}
              text={made.map(({ email, url }) => `${email} ${url}`).join('\n')}
            />
          )}
          <Button variant="primary" onClick={onClose}>
            {t('links.done')}
          </Button>
        </>
      }
    >
      {made.map(({ email, url }) => (
        <div key={email}>
          <div className="mb-1 font-medium">{email}</div>
          <div className="flex items-center gap-2 rounded-sm border border-line-2 bg-surface-2 py-1 pr-1 pl-3">
            <code className="min-w-0 flex-1 truncate font-mono text-s" title={url}>
              {url}
            </code>
            <CopyButton text={url} label={t('links.copy')} variant="default" />
          </div>
        </div>
      ))}
      {until && <p className="text-s text-ink-3">{t('links.until', { time: format.dateTime(until) })}</p>}
      {others.map(({ email, status }) => (
        <Notice key={email} tone={status === 'failed' ? 'bad' : 'info'}>
          {status === 'failed' ? t('links.noAddress', { email }) : t('links.alreadyMember', { email })}
        </Notice>
      ))}
    </Dialog>
  )
}
