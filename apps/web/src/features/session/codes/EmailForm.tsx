import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SentCode } from '../../../api/codes-api.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Notice, TextField } from '../../../design/index.ts'
import { isEmailLike } from '../password-rules.ts'

export interface EmailFormProps {
  /** Answers with the token of the code. */
  readonly send: (email: string) => Promise<string>
  readonly onSent: (sent: SentCode) => void
}

/** Asks where to send a code, and has it sent. */
export function EmailForm({ send, onSent }: EmailFormProps) {
  const { t } = useTranslation('account')
  const errorText = useErrorText()
  const [email, setEmail] = useState('')
  const [isTried, setTried] = useState(false)
  const fault = isEmailLike(email) ? null : t('invalid.email')
  const sending = useMutation({
    mutationFn: async () => ({ email: email.trim(), token: await send(email.trim()) }),
    onSuccess: onSent,
  })
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!fault) sending.mutate()
      }}
    >
      <TextField
        label={t('signIn.email')}
        type="email"
        autoComplete="username"
        autoFocus
        required
        size="l"
        value={email}
        onValueChange={setEmail}
        error={isTried ? fault : null}
      />
      {sending.error && <Notice tone="bad">{errorText(sending.error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={sending.isPending} className="mt-1">
        {t('code.send')}
      </Button>
    </form>
  )
}
