import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { AccountDeletion } from '../../../api/types/account.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, buttonClass, Dialog, Notice, Skeleton } from '../../../design/index.ts'
import { CodeField, isCodeComplete } from '../../session/codes/CodeField.tsx'
import { PasswordField } from '../../session/PasswordField.tsx'
import { useSession } from '../../session/useSession.ts'

/** Tells what becomes of what one has, then asks for a code or the password. */
export function DeleteAccountDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('upkeep')
  const api = useApi()
  const errorText = useErrorText()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const { account } = useSession()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const preview = useQuery({ queryKey: ['account', 'deletion'], queryFn: () => api.account.deletion(), staleTime: 0, gcTime: 0 })
  const send = useMutation({ mutationFn: () => api.account.sendDeletionCode() })
  const remove = useMutation({
    mutationFn: () => api.account.delete(send.data === undefined ? { password } : { token: send.data, code }),
    async onSuccess() {
      await navigate({ to: '/signin' })
      queryClient.clear()
    },
  })
  const proof = preview.data?.proof
  const isOwning = preview.data?.workspaces.some(({ fate }) => fate === 'owned') ?? true
  const isAskingForCode = proof === 'code' && send.data === undefined
  const isReady = !isOwning && (isAskingForCode || (send.data === undefined ? proof === 'none' || password !== '' : isCodeComplete(code)))
  const error = preview.error ?? send.error ?? remove.error
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('delete.open')}
      description={t('delete.consequence')}
      onSubmit={() => isReady && (isAskingForCode ? send.mutate() : remove.mutate())}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button
            type="submit"
            variant={isAskingForCode ? 'primary' : 'danger'}
            isBusy={send.isPending || remove.isPending}
            disabled={!isReady}
          >
            {t(isAskingForCode ? 'delete.sendCode' : 'delete.confirm')}
          </Button>
        </>
      }
    >
      {preview.isPending && <Skeleton className="h-16" />}
      {preview.data && <Fates workspaces={preview.data.workspaces} />}
      {isAskingForCode && !isOwning && <p>{t('delete.byCode', { email: account.email })}</p>}
      {send.data !== undefined && <CodeField value={code} onValueChange={setCode} />}
      {proof === 'password' && !isOwning && (
        <PasswordField
          label={t('account.password.current', { ns: 'settings' })}
          autoComplete="current-password"
          value={password}
          onValueChange={setPassword}
        />
      )}
      {error && <Notice tone="bad">{errorText(error)}</Notice>}
    </Dialog>
  )
}

const fates = ['owned', 'archived', 'left'] as const

function Fates({ workspaces }: Pick<AccountDeletion, 'workspaces'>) {
  const { t } = useTranslation('upkeep')
  return fates.map((fate) => {
    const names = workspaces.filter((workspace) => workspace.fate === fate).map(({ name }) => name)
    if (names.length === 0) return null
    const link = (
      <Link to="/settings/members" className={buttonClass({ size: 's' })}>
        {t('delete.toMembers')}
      </Link>
    )
    return (
      <Notice key={fate} tone={fate === 'owned' ? 'bad' : fate === 'archived' ? 'warn' : 'info'} action={fate === 'owned' && link}>
        {t(`delete.fates.${fate}`, { names: names.join(', ') })}
      </Notice>
    )
  })
}
