import { useQueryClient } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { SentCode } from '../../../api/codes-api.ts'
import { Notice } from '../../../design/index.ts'
import { AuthLayout } from '../AuthLayout.tsx'
import { useGoOn } from '../useGoOn.ts'
import { CodeForm } from './CodeForm.tsx'
import { EmailForm } from './EmailForm.tsx'

/** Signing in by a code that comes by mail. */
export function CodeSignInPage() {
  const { redirect } = useSearch({ from: '/signin/code' })
  const { t, i18n } = useTranslation('account')
  const api = useApi()
  const goOn = useGoOn(redirect)
  const queryClient = useQueryClient()
  const [sent, setSent] = useState<SentCode>()
  const [isHomeless, setHomeless] = useState(false)
  const send = (email: string) => api.codes.sendSignIn(email, i18n.language)
  const signIn = async (input: SentCode & { readonly code: string }) => {
    const { result } = await api.codes.signIn({ ...input, language: i18n.language })
    if (result !== 'success') {
      setSent(undefined)
      setHomeless(true)
      return
    }
    queryClient.clear()
    await goOn()
  }
  return (
    <AuthLayout title={t('code.signInTitle')} lead={sent ? t('code.sent', { email: sent.email }) : t('code.signInLead')}>
      {isHomeless && (
        <Notice tone="bad" className="mb-5">
          {t('signIn.noWorkspace')}
        </Notice>
      )}
      {sent ? (
        <CodeForm
          sent={sent}
          label={t('signIn.submit')}
          submit={signIn}
          resend={() => send(sent.email)}
          onResent={setSent}
          onBack={() => setSent(undefined)}
        />
      ) : (
        <EmailForm send={send} onSent={setSent} />
      )}
      <p className="mt-5 text-s">
        <Link to="/signin" search={redirect ? { redirect } : {}} className="text-accent hover:underline">
          {t('code.otherWay')}
        </Link>
      </p>
    </AuthLayout>
  )
}
