import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Dialog, Notice, TextField, useToast } from '../../../design/index.ts'
import { CodeField, isCodeComplete } from '../../session/codes/CodeField.tsx'
import { isEmailLike } from '../../session/password-rules.ts'
import { profileQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'

/** The steps to another address: a code to the present one, the new one, a code to that. `token` is of the code, or of what it was traded for. */
type Step =
  | { readonly at: 'start' }
  | { readonly at: 'present-code'; readonly token: string }
  | { readonly at: 'address'; readonly token: string }
  | { readonly at: 'next-code'; readonly token: string }

export function ChangeEmailDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const [step, setStep] = useState<Step>({ at: 'start' })
  const [code, setCode] = useState('')
  const [email, setEmail] = useState('')
  const { account } = useSession()
  const goOn = useNextStep({ code, email: email.trim(), onClose, onStep: setStep, clearCode: () => setCode('') })
  const isReady = step.at === 'start' || (step.at === 'address' ? isEmailLike(email) : isCodeComplete(code))
  const isCode = step.at === 'present-code' || step.at === 'next-code'
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('account.changeEmail.title')}
      description={t(`account.changeEmail.${step.at}`, { present: account.email, next: email.trim() })}
      onSubmit={() => isReady && goOn.mutate(step)}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={goOn.isPending} disabled={!isReady}>
            {t(step.at === 'next-code' ? 'account.changeEmail.submit' : isCode ? 'account.changeEmail.goOn' : 'account.changeEmail.send')}
          </Button>
        </>
      }
    >
      {step.at === 'start' && !goOn.error ? undefined : (
        <>
          {isCode && <CodeField key={step.at} value={code} onValueChange={setCode} />}
          {step.at === 'address' && (
            <TextField
              label={t('account.changeEmail.next')}
              type="email"
              autoComplete="email"
              autoFocus
              required
              value={email}
              onValueChange={setEmail}
            />
          )}
          {goOn.error && <Notice tone="bad">{errorText(goOn.error)}</Notice>}
        </>
      )}
    </Dialog>
  )
}

interface NextStep {
  readonly code: string
  readonly email: string
  readonly onClose: () => void
  readonly onStep: (step: Step) => void
  readonly clearCode: () => void
}

function useNextStep({ code, email, onClose, onStep, clearCode }: NextStep) {
  const { t, i18n } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const { account } = useSession()
  const { language } = i18n
  return useMutation({
    mutationFn: async (step: Step): Promise<Step | undefined> => {
      switch (step.at) {
        case 'start':
          return { at: 'present-code', token: await api.codes.sendChangeEmail({ email: account.email, language }) }
        case 'present-code':
          return { at: 'address', token: await api.codes.checkChangeEmail({ email: account.email, token: step.token, code }) }
        case 'address':
          return { at: 'next-code', token: await api.codes.sendChangeEmail({ email, language, token: step.token }) }
        case 'next-code': {
          const token = await api.codes.checkChangeEmail({ email, token: step.token, code })
          queryClient.setQueryData(profileQuery(api).queryKey, await api.codes.changeEmail({ email, token }))
          return undefined
        }
      }
    },
    onSuccess: (next) => {
      clearCode()
      if (next) return onStep(next)
      toast.success(t('account.changeEmail.done', { email }))
      return onClose()
    },
  })
}
