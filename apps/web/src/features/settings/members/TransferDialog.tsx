import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Member } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, useToast } from '../../../design/index.ts'
import { CodeField, isCodeComplete } from '../../session/codes/CodeField.tsx'
import { PasswordField } from '../../session/PasswordField.tsx'
import { workspaceQuery } from '../../session/queries.ts'
import { useSendsMail } from '../../session/useSendsMail.ts'
import { useSession } from '../../session/useSession.ts'
import { membersQuery } from './queries.ts'

export function TransferDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation('team')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account, workspace } = useSession()
  const sendsMail = useSendsMail()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  // Of the code that was sent last: sending another keeps the field for it in sight.
  const [token, setToken] = useState<string>()
  const send = useMutation({
    mutationFn: () => api.codes.sendTransfer(i18n.language),
    onSuccess: (next) => {
      if (token !== undefined) toast.success(t('code.sentAgain', { ns: 'account' }))
      setCode('')
      setToken(next)
    },
  })
  const transfer = useMutation({
    mutationFn: async () => {
      const proof = token ? { token: await api.codes.checkTransfer({ token, code }) } : { password }
      await api.team.transferOwnership(member.id, proof)
    },
    onSuccess: async () => {
      onClose()
      toast.success(t('transfer.done', { name: member.name }))
      await Promise.all([workspaceQuery(api), membersQuery(api)].map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
    },
  })
  const isAskingForCode = sendsMail && token === undefined
  const needsPassword = !sendsMail && account.is_password_set
  const isReady = token === undefined ? !needsPassword || password !== '' : isCodeComplete(code)
  // Each tells its own failure: one of before would stand in front of it.
  const sendCode = () => {
    transfer.reset()
    send.mutate()
  }
  const handOver = () => {
    send.reset()
    transfer.mutate()
  }
  const error = send.error ?? transfer.error
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('transfer.title', { name: member.name })}
      description={t('transfer.consequence', { workspace: workspace.name })}
      onSubmit={isAskingForCode ? sendCode : handOver}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button
            type="submit"
            variant={isAskingForCode ? 'primary' : 'danger'}
            isBusy={isAskingForCode ? send.isPending : transfer.isPending}
            disabled={!isReady || (token !== undefined && send.isPending)}
          >
            {t(isAskingForCode ? 'transfer.sendCode' : 'transfer.confirm')}
          </Button>
        </>
      }
    >
      {isAskingForCode && <p>{t('transfer.byCode', { email: account.email })}</p>}
      {token !== undefined && (
        <>
          <p>{t('transfer.sent', { email: account.email })}</p>
          <CodeField value={code} onValueChange={setCode} />
          <Button
            variant="link"
            size="s"
            className="-mt-2 self-start"
            isBusy={send.isPending}
            disabled={transfer.isPending}
            onClick={sendCode}
          >
            {t('code.again', { ns: 'account' })}
          </Button>
        </>
      )}
      {needsPassword && (
        <PasswordField label={t('transfer.password')} autoComplete="current-password" value={password} onValueChange={setPassword} />
      )}
      {error && <Notice tone="bad">{errorText(error)}</Notice>}
    </Dialog>
  )
}
