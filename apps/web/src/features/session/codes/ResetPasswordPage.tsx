import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { SentCode } from '../../../api/codes-api.ts'
import { buttonClass, Skeleton } from '../../../design/index.ts'
import { AuthLayout } from '../AuthLayout.tsx'
import { systemFeaturesQuery } from '../queries.ts'
import { CodeForm } from './CodeForm.tsx'
import { EmailForm } from './EmailForm.tsx'
import { NewPasswordForm } from './NewPasswordForm.tsx'

/** A new password: by a code that comes by mail, or behind the link of an administrator. */
export function ResetPasswordPage() {
  const { token: given } = useSearch({ from: '/reset-password' })
  const { t, i18n } = useTranslation('account')
  const api = useApi()
  const features = useQuery(systemFeaturesQuery(api))
  const [sent, setSent] = useState<SentCode>()
  const [token, setToken] = useState(given)
  const [isDone, setDone] = useState(false)
  const send = (email: string) => api.codes.sendReset(email, i18n.language)
  if (isDone) {
    return (
      <Page lead={t('reset.done')}>
        <Link to="/signin" className={buttonClass({ size: 'l', variant: 'primary' })}>
          {t('signIn.submit')}
        </Link>
      </Page>
    )
  }
  if (token) {
    return (
      <Page lead={t('reset.choose')}>
        <NewPasswordForm token={token} onDone={() => setDone(true)} />
      </Page>
    )
  }
  if (features.isPending) {
    return (
      <Page lead="">
        <Skeleton className="h-30" />
      </Page>
    )
  }
  if (!features.data?.is_email_setup) {
    return (
      <Page lead={t('reset.noMail')}>
        <ul className="mb-5 flex list-disc flex-col gap-2 pl-4 text-ink-2">
          <li>{t('reset.askAdministrator')}</li>
          <li>
            {t('reset.askOperator')}
            <code className="mt-1 block wrap-anywhere font-mono text-s">
              npm run trellis -- job reset-password <span className="whitespace-nowrap">--email …</span>{' '}
              <span className="whitespace-nowrap">--new-password …</span>
            </code>
          </li>
        </ul>
        <p className="text-s">
          <ToSignIn />
        </p>
      </Page>
    )
  }
  return (
    <Page lead={sent ? t('code.sent', { email: sent.email }) : t('reset.lead')}>
      {sent ? (
        <CodeForm
          sent={sent}
          label={t('code.goOn')}
          submit={async (input) => setToken(await api.codes.checkReset(input))}
          resend={() => send(sent.email)}
          onResent={setSent}
          onBack={() => setSent(undefined)}
        />
      ) : (
        <EmailForm send={send} onSent={setSent} />
      )}
      <p className="mt-5 text-s">
        <ToSignIn />
      </p>
    </Page>
  )
}

function Page({ lead, children }: { readonly lead: string; readonly children: ReactNode }) {
  const { t } = useTranslation('account')
  return (
    <AuthLayout title={t('reset.title')} lead={lead}>
      {children}
    </AuthLayout>
  )
}

function ToSignIn() {
  const { t } = useTranslation('account')
  return (
    <Link to="/signin" className="text-accent hover:underline">
      {t('reset.toSignIn')}
    </Link>
  )
}
