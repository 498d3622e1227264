import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { rememberSession } from '../../../api/session.ts'
import { AuthForm } from '../AuthForm.tsx'
import { NewPasswordField } from '../account-fields.tsx'
import { isPasswordAcceptable } from '../password-rules.ts'

/** `token`: what a code was traded for, or that of an administrator's link. */
export function NewPasswordForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const { t } = useTranslation('account')
  const api = useApi()
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const fault = isPasswordAcceptable(password) ? null : t('invalid.password')
  const setting = useMutation({
    mutationFn: () => api.codes.setPassword({ token, password }),
    onSuccess: () => {
      rememberSession(false)
      onDone()
    },
  })
  return (
    <AuthForm
      submitLabel={t('reset.submit')}
      onSubmit={() => {
        setTried(true)
        if (!fault) setting.mutate()
      }}
      error={setting.error}
      isBusy={setting.isPending}
    >
      <NewPasswordField label={t('reset.password')} value={password} onValueChange={setPassword} error={isTried ? fault : null} />
    </AuthForm>
  )
}
