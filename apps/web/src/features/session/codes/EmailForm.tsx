import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SentCode } from '../../../api/codes-api.ts'
import { AuthForm } from '../AuthForm.tsx'
import { EmailField } from '../account-fields.tsx'
import { isEmailLike } from '../password-rules.ts'

export interface EmailFormProps {
  /** Answers with the token of the code. */
  readonly send: (email: string) => Promise<string>
  readonly onSent: (sent: SentCode) => void
}

/** Asks where to send a code, and has it sent. */
export function EmailForm({ send, onSent }: EmailFormProps) {
  const { t } = useTranslation('account')
  const [email, setEmail] = useState('')
  const [isTried, setTried] = useState(false)
  const fault = isEmailLike(email) ? null : t('invalid.email')
  const sending = useMutation({
    mutationFn: async () => ({ email: email.trim(), token: await send(email.trim()) }),
    onSuccess: onSent,
  })
  return (
    <AuthForm
      submitLabel={t('code.send')}
      onSubmit={() => {
        setTried(true)
        if (!fault) sending.mutate()
      }}
      error={sending.error}
      isBusy={sending.isPending}
    >
      <EmailField value={email} onValueChange={setEmail} error={isTried ? fault : null} />
    </AuthForm>
  )
}
