import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { buttonClass, TextField } from '../../design/index.ts'
import { AuthForm } from './AuthForm.tsx'
import { AuthLayout } from './AuthLayout.tsx'
import { NameField, NewPasswordField } from './account-fields.tsx'
import { PasswordField } from './PasswordField.tsx'
import { isEmailLike, isPasswordAcceptable } from './password-rules.ts'
import { initQuery, setupQuery } from './queries.ts'

export function SetupPage() {
  const { t } = useTranslation('account')
  const api = useApi()
  const status = useQuery(setupQuery(api))
  return (
    <AuthLayout title={t('setup.title')} lead={status.data?.step === 'finished' ? t('setup.done') : t('setup.lead')}>
      {status.data?.step === 'finished' ? (
        <Link to="/signin" className={buttonClass({ variant: 'primary', size: 'l' })}>
          {t('setup.toSignIn')}
        </Link>
      ) : (
        <SetupForm />
      )}
    </AuthLayout>
  )
}

function SetupForm() {
  const { t, i18n } = useTranslation('account')
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const needsInitPassword = useQuery(initQuery(api)).data === true
  const [form, setForm] = useState({ initPassword: '', name: '', email: '', password: '' })
  const [isTried, setTried] = useState(false)
  const set = (key: keyof typeof form) => (value: string) => setForm((current) => ({ ...current, [key]: value }))
  const faults = {
    initPassword: needsInitPassword && form.initPassword === '' ? t('invalid.initPassword') : null,
    name: form.name.trim() === '' ? t('invalid.name') : null,
    email: isEmailLike(form.email) ? null : t('invalid.email'),
    password: isPasswordAcceptable(form.password) ? null : t('invalid.password'),
  }
  const create = useMutation({
    mutationFn: async () => {
      const email = form.email.trim()
      if (needsInitPassword) await api.account.giveInitPassword(form.initPassword)
      await api.account.setup({ email, name: form.name.trim(), password: form.password, language: i18n.language })
      await api.account.signIn({ email, password: form.password })
    },
    onSuccess: async () => {
      queryClient.clear()
      await navigate({ to: '/apps' })
    },
  })
  const submit = () => {
    setTried(true)
    if (Object.values(faults).every((fault) => fault === null)) create.mutate()
  }
  return (
    <AuthForm submitLabel={t('setup.submit')} onSubmit={submit} error={create.error} isBusy={create.isPending}>
      {needsInitPassword && (
        <PasswordField
          label={t('setup.initPassword')}
          hint={t('setup.initPasswordHint')}
          autoComplete="current-password"
          size="l"
          value={form.initPassword}
          onValueChange={set('initPassword')}
          error={isTried ? faults.initPassword : null}
        />
      )}
      <NameField value={form.name} onValueChange={set('name')} error={isTried ? faults.name : null} />
      <TextField
        label={t('setup.email')}
        type="email"
        autoComplete="email"
        required
        size="l"
        value={form.email}
        onValueChange={set('email')}
        error={isTried ? faults.email : null}
      />
      <NewPasswordField
        label={t('setup.password')}
        value={form.password}
        onValueChange={set('password')}
        error={isTried ? faults.password : null}
      />
    </AuthForm>
  )
}
