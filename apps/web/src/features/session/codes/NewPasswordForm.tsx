import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { rememberSession } from '../../../api/session.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Notice } from '../../../design/index.ts'
import { PasswordField } from '../PasswordField.tsx'
import { isPasswordAcceptable } from '../password-rules.ts'

/** `token`: what a code was traded for, or that of an administrator's link. */
export function NewPasswordForm({ token, onDone }: { readonly token: string; readonly onDone: () => void }) {
  const { t } = useTranslation('account')
  const api = useApi()
  const errorText = useErrorText()
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
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!fault) setting.mutate()
      }}
    >
      <PasswordField
        label={t('reset.password')}
        autoComplete="new-password"
        size="l"
        hasRules
        value={password}
        onValueChange={setPassword}
        error={isTried ? fault : null}
      />
      {setting.error && <Notice tone="bad">{errorText(setting.error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={setting.isPending} className="mt-1">
        {t('reset.submit')}
      </Button>
    </form>
  )
}
