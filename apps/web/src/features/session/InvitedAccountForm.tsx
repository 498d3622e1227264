import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { AuthForm } from './AuthForm.tsx'
import { InvitedEmailField, NameField, NewPasswordField } from './account-fields.tsx'
import type { InvitedFormProps } from './InvitedSignInForm.tsx'
import { isPasswordAcceptable } from './password-rules.ts'
import { useJoined } from './useJoined.ts'

/** A new account, which is signed in at once. */
export function InvitedAccountForm({ token, email }: InvitedFormProps) {
  const { t, i18n } = useTranslation('account')
  const { t: tTeam } = useTranslation('team')
  const api = useApi()
  const onJoined = useJoined()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const faults = {
    name: name.trim() === '' ? t('invalid.name') : null,
    password: isPasswordAcceptable(password) ? null : t('invalid.password'),
  }
  const create = useMutation({
    mutationFn: async () => {
      const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
      await api.team.activate({ token, name: name.trim(), password, interface_language: i18n.language, timezone })
      await api.account.signIn({ email, password })
    },
    onSuccess: onJoined,
  })
  return (
    <AuthForm
      submitLabel={tTeam('join.submit')}
      onSubmit={() => {
        setTried(true)
        if (!faults.name && !faults.password) create.mutate()
      }}
      error={create.error}
      isBusy={create.isPending}
    >
      <InvitedEmailField email={email} />
      <NameField value={name} onValueChange={setName} error={isTried ? faults.name : null} />
      <NewPasswordField label={t('setup.password')} value={password} onValueChange={setPassword} error={isTried ? faults.password : null} />
    </AuthForm>
  )
}
