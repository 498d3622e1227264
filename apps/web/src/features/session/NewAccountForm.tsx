import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NewAccount } from '../../api/codes-api.ts'
import { AuthForm } from './AuthForm.tsx'
import { GivenEmailField, NameField, NewPasswordField } from './account-fields.tsx'
import { isPasswordAcceptable } from './password-rules.ts'

export interface NewAccountFormProps {
  /** Of the account; it is settled. */
  readonly email: string
  readonly submitLabel: string
  /** Makes the account, and signs in. */
  readonly make: (account: NewAccount) => Promise<unknown>
  readonly onMade: () => Promise<void>
}

/** What a new account still needs once its address is known. */
export function NewAccountForm({ email, submitLabel, make, onMade }: NewAccountFormProps) {
  const { t, i18n } = useTranslation('account')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const faults = {
    name: name.trim() === '' ? t('invalid.name') : null,
    password: isPasswordAcceptable(password) ? null : t('invalid.password'),
  }
  const making = useMutation({
    mutationFn: () => {
      const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone
      return make({ name: name.trim(), password, language: i18n.language, timezone })
    },
    onSuccess: onMade,
  })
  return (
    <AuthForm
      submitLabel={submitLabel}
      onSubmit={() => {
        setTried(true)
        if (!faults.name && !faults.password) making.mutate()
      }}
      error={making.error}
      isBusy={making.isPending}
    >
      <GivenEmailField email={email} />
      <NameField value={name} onValueChange={setName} error={isTried ? faults.name : null} />
      <NewPasswordField label={t('setup.password')} value={password} onValueChange={setPassword} error={isTried ? faults.password : null} />
    </AuthForm>
  )
}
