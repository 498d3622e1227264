import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SentCode } from '../../../api/codes-api.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Notice, useToast } from '../../../design/index.ts'
import { CodeField, isCodeComplete } from './CodeField.tsx'

export interface CodeFormProps {
  readonly sent: SentCode
  readonly label: string
  readonly submit: (input: SentCode & { readonly code: string }) => Promise<unknown>
  /** Has another code sent; answers with its token. */
  readonly resend: () => Promise<string>
  readonly onResent: (sent: SentCode) => void
  readonly onBack: () => void
}

/** Takes the code of a letter. */
export function CodeForm({ sent, label, submit, resend, onResent, onBack }: CodeFormProps) {
  const { t } = useTranslation('account')
  const errorText = useErrorText()
  const toast = useToast()
  const [code, setCode] = useState('')
  const checking = useMutation({ mutationFn: () => submit({ ...sent, code }) })
  const sending = useMutation({
    mutationFn: resend,
    onSuccess: (token) => {
      setCode('')
      checking.reset()
      onResent({ ...sent, token })
      toast.success(t('code.sentAgain'))
    },
  })
  // Each tells its own failure: one of before would stand in front of it.
  const sendAgain = () => {
    checking.reset()
    sending.mutate()
  }
  const error = checking.error ?? sending.error
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isCodeComplete(code)) return
        sending.reset()
        checking.mutate()
      }}
    >
      <CodeField value={code} onValueChange={setCode} />
      {error && <Notice tone="bad">{errorText(error)}</Notice>}
      <Button type="submit" variant="primary" size="l" isBusy={checking.isPending} disabled={!isCodeComplete(code)} className="mt-1">
        {label}
      </Button>
      <div className="flex flex-wrap justify-between gap-x-4">
        <Button variant="link" size="s" onClick={onBack}>
          {t('code.otherAddress')}
        </Button>
        <Button variant="link" size="s" isBusy={sending.isPending} disabled={checking.isPending} onClick={sendAgain}>
          {t('code.again')}
        </Button>
      </div>
    </form>
  )
}
