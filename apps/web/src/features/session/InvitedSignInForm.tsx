import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Notice, TextField } from '../../design/index.ts'
import { PasswordField } from './PasswordField.tsx'
import { useJoined } from './useJoined.ts'

export interface InvitedFormProps {
  readonly token: string
  readonly email: string
}

/** Signing in accepts the invitation. */
export function InvitedSignInForm({ token, email }: InvitedFormProps) {
  const { t } = useTranslation('account')
  const { t: tTeam } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
  const onJoined = useJoined()
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.account.signIn({ email, password, inviteToken: token }),
    onSuccess: onJoined,
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        signIn.mutate()
      }}
    >
      <TextField
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        size="l"
        value={email}
        onValueChange={() => undefined}
        readOnly
      />
      <PasswordField label={t('signIn.password')} autoComplete="current-password" size="l" value={password} onValueChange={setPassword} />
      {signIn.error && <Notice tone="bad">{errorText(signIn.error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={signIn.isPending} className="mt-1">
        {tTeam('join.signInSubmit')}
      </Button>
    </form>
  )
}
