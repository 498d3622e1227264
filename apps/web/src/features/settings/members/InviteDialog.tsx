import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AssignableRole } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, Select, TextArea } from '../../../design/index.ts'
import { useSendsMail } from '../../session/useSendsMail.ts'
import { useSession } from '../../session/useSession.ts'
import { InvitationLinksDialog } from './InvitationLinks.tsx'
import { splitAddresses } from './member-rules.ts'
import { membersQuery } from './queries.ts'
import { useRoleOptions } from './useRoleOptions.ts'

/** As many as the server takes at once. */
const MAX_PEOPLE = 50

export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('team')
  const api = useApi()
  const sendsMail = useSendsMail()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { workspace } = useSession()
  const roles = useRoleOptions()
  const [text, setText] = useState('')
  const [role, setRole] = useState<AssignableRole>('editor')
  const [isTried, setTried] = useState(false)
  const emails = splitAddresses(text)
  const fault = emails.length === 0 ? t('invite.missing') : emails.length > MAX_PEOPLE ? t('invite.tooMany', { max: MAX_PEOPLE }) : null
  const invite = useMutation({
    mutationFn: () => api.team.invite({ emails, role, language: i18n.language }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: membersQuery(api).queryKey }),
  })
  if (invite.data) return <InvitationLinksDialog results={invite.data} onClose={onClose} />
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('invite.title', { workspace: workspace.name })}
      width="m"
      onSubmit={() => {
        setTried(true)
        if (!fault) invite.mutate()
      }}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={invite.isPending}>
            {t(sendsMail ? 'invite.send' : 'invite.submit', { count: Math.max(1, emails.length) })}
          </Button>
        </>
      }
    >
      <TextArea
        label={t('invite.emails')}
        hint={t('invite.emailsHint')}
        autoFocus
        required
        value={text}
        onValueChange={setText}
        error={isTried ? fault : null}
      />
      <Select label={t('members.role')} className="w-60" options={roles} value={role} onValueChange={setRole} />
      <Notice tone="info">{t(sendsMail ? 'invite.mail' : 'invite.noMail')}</Notice>
      {invite.error && <Notice tone="bad">{errorText(invite.error)}</Notice>}
    </Dialog>
  )
}
