import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Notice, TextField } from '../../design/index.ts'
import type { InvitedFormProps } from './InvitedSignInForm.tsx'
import { PasswordField } from './PasswordField.tsx'
import { isPasswordAcceptable } from './password-rules.ts'
import { useJoined } from './useJoined.ts'

const MAX_NAME_LENGTH = 30

/** A new account, which is signed in at once. */
export function InvitedAccountForm({ token, email }: InvitedFormProps) {
  const { t, i18n } = useTranslation('account')
  const { t: tTeam } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
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
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!faults.name && !faults.password) create.mutate()
      }}
    >
      <TextField
        label={t('setup.email')}
        type="email"
        autoComplete="username"
        size="l"
        value={email}
        onValueChange={() => undefined}
        readOnly
      />
      <TextField
        label={t('setup.name')}
        autoFocus
        autoComplete="name"
        required
        size="l"
        maxLength={MAX_NAME_LENGTH}
        value={name}
        onValueChange={setName}
        error={isTried ? faults.name : null}
      />
      <PasswordField
        label={t('setup.password')}
        autoComplete="new-password"
        size="l"
        hasRules
        value={password}
        onValueChange={setPassword}
        error={isTried ? faults.password : null}
      />
      {create.error && <Notice tone="bad">{errorText(create.error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={create.isPending} className="mt-1">
        {tTeam('join.submit')}
      </Button>
    </form>
  )
}
