import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { AuthForm } from './AuthForm.tsx'
import { GivenEmailField } from './account-fields.tsx'
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
  const onJoined = useJoined()
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.account.signIn({ email, password, inviteToken: token }),
    onSuccess: onJoined,
  })
  return (
    <AuthForm submitLabel={tTeam('join.signInSubmit')} onSubmit={() => signIn.mutate()} error={signIn.error} isBusy={signIn.isPending}>
      <GivenEmailField email={email} />
      <PasswordField label={t('signIn.password')} autoComplete="current-password" size="l" value={password} onValueChange={setPassword} />
    </AuthForm>
  )
}
