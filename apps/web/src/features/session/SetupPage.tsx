import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, buttonClass, Notice, TextField } from '../../design/index.ts'
import { AuthLayout } from './AuthLayout.tsx'
import { PasswordField } from './PasswordField.tsx'
import { isEmailLike, isPasswordAcceptable } from './password-rules.ts'
import { setupQuery } from './queries.ts'

/** The longest name that `/setup` takes. */
const MAX_NAME_LENGTH = 30

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
  const errorText = useErrorText()
  const [form, setForm] = useState({ name: '', email: '', password: '' })
  const [isTried, setTried] = useState(false)
  const set = (key: keyof typeof form) => (value: string) => setForm((current) => ({ ...current, [key]: value }))
  const faults = {
    name: form.name.trim() === '' ? t('invalid.name') : null,
    email: isEmailLike(form.email) ? null : t('invalid.email'),
    password: isPasswordAcceptable(form.password) ? null : t('invalid.password'),
  }
  const create = useMutation({
    mutationFn: async () => {
      const email = form.email.trim()
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
    if (!faults.name && !faults.email && !faults.password) create.mutate()
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <TextField
        label={t('setup.name')}
        autoFocus
        autoComplete="name"
        required
        size="l"
        maxLength={MAX_NAME_LENGTH}
        value={form.name}
        onValueChange={set('name')}
        error={isTried ? faults.name : null}
      />
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
      <PasswordField
        label={t('setup.password')}
        autoComplete="new-password"
        size="l"
        hasRules
        value={form.password}
        onValueChange={set('password')}
        error={isTried ? faults.password : null}
      />
      {create.error && <Notice tone="bad">{errorText(create.error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={create.isPending} className="mt-1">
        {t('setup.submit')}
      </Button>
    </form>
  )
}
