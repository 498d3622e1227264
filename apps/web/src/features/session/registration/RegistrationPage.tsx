import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { SentCode } from '../../../api/codes-api.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { ErrorState, Skeleton } from '../../../design/index.ts'
import { AuthLayout } from '../AuthLayout.tsx'
import { CodeForm } from '../codes/CodeForm.tsx'
import { EmailForm } from '../codes/EmailForm.tsx'
import { systemFeaturesQuery } from '../queries.ts'
import { RegistrationClosed } from './RegistrationClosed.tsx'
import { RegistrationForm } from './RegistrationForm.tsx'
import { registrationObstacle } from './registration-door.ts'
import { useRegistrationTexts } from './useRegistrationTexts.ts'

/** An account of one's own: a code to the address, then a name and a password. */
export function RegistrationPage() {
  const { redirect } = useSearch({ from: '/signup' })
  const { t } = useTranslation('registration')
  const { t: tCommon } = useTranslation('common')
  const api = useApi()
  const errorText = useErrorText()
  const texts = useRegistrationTexts()
  const features = useQuery(systemFeaturesQuery(api))
  const failed = [texts, features].find((query) => query.isError)
  if (failed) {
    return (
      <Page lead="" redirect={redirect}>
        <ErrorState title={tCommon('loadFailed')} message={errorText(failed.error)} onRetry={() => void failed.refetch()} />
      </Page>
    )
  }
  if (!texts.isSuccess || !features.isSuccess) {
    return (
      <Page lead="" redirect={redirect}>
        <Skeleton className="h-30" />
      </Page>
    )
  }
  const obstacle = registrationObstacle(features.data)
  if (obstacle) {
    return (
      <Page lead={t(`closed.${obstacle}`)} redirect={redirect}>
        <RegistrationClosed obstacle={obstacle} />
      </Page>
    )
  }
  return <Steps redirect={redirect} />
}

type Step = { readonly at: 'address' } | { readonly at: 'code' | 'account'; readonly sent: SentCode }

function Steps({ redirect }: { readonly redirect: string | undefined }) {
  const { t } = useTranslation('registration')
  const { t: tAccount, i18n } = useTranslation('account')
  const api = useApi()
  const [step, setStep] = useState<Step>({ at: 'address' })
  const send = (email: string) => api.codes.sendRegistration(email, i18n.language)
  const toCode = (sent: SentCode) => setStep({ at: 'code', sent })
  const toAddress = () => setStep({ at: 'address' })
  switch (step.at) {
    case 'address':
      return (
        <Page lead={t('lead')} redirect={redirect}>
          <EmailForm send={send} onSent={toCode} />
        </Page>
      )
    case 'code':
      return (
        <Page lead={t('sent', { email: step.sent.email })} redirect={redirect}>
          <CodeForm
            sent={step.sent}
            label={tAccount('code.goOn')}
            submit={async (input) =>
              setStep({ at: 'account', sent: { email: input.email, token: await api.codes.checkRegistration(input) } })
            }
            resend={() => send(step.sent.email)}
            onResent={toCode}
            onBack={toAddress}
          />
        </Page>
      )
    case 'account':
      return (
        <Page lead={t('about')} redirect={redirect}>
          <RegistrationForm proven={step.sent} redirect={redirect} onBack={toAddress} />
        </Page>
      )
  }
}

function Page({
  lead,
  redirect,
  children,
}: {
  readonly lead: string
  readonly redirect: string | undefined
  readonly children: ReactNode
}) {
  const { t } = useTranslation('account')
  return (
    <AuthLayout title={t('signIn.register')} lead={lead}>
      {children}
      <p className="mt-5 text-s">
        <Link to="/signin" search={redirect ? { redirect } : {}} className="text-accent hover:underline">
          {t('reset.toSignIn')}
        </Link>
      </p>
    </AuthLayout>
  )
}
