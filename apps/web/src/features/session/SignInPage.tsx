import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Navigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { buttonClass, cx, Notice } from '../../design/index.ts'
import { AuthForm } from './AuthForm.tsx'
import { AuthLayout } from './AuthLayout.tsx'
import { EmailField } from './account-fields.tsx'
import { PasswordField } from './PasswordField.tsx'
import { isEmailLike } from './password-rules.ts'
import { setupQuery, systemFeaturesQuery } from './queries.ts'
import { offersRegistration } from './registration/registration-door.ts'
import { ServiceButtons } from './ServiceButtons.tsx'
import type { SignInFailure } from './sign-in-failures.ts'
import { useGoOn } from './useGoOn.ts'

export interface SignInPageProps {
  /** Path within the console to go on to. */
  readonly redirect: string | undefined
  readonly isExpired: boolean
  /** Whoever was here belongs to no workspace (any more). */
  readonly isHomeless: boolean
  /** Why another service did not sign in. */
  readonly failed: SignInFailure | undefined
}

export function SignInPage({ redirect, isExpired, isHomeless, failed }: SignInPageProps) {
  const { t } = useTranslation('account')
  const { t: tErrors } = useTranslation('errors')
  const api = useApi()
  const setup = useQuery(setupQuery(api))
  const features = useQuery(systemFeaturesQuery(api)).data
  // Until it is known what is offered, what nearly all have.
  const hasPasswords = features?.enable_email_password_login !== false
  // A notice says why somebody is here again: no word of welcome above it.
  const isRefused = isHomeless || failed !== undefined
  if (setup.data?.step === 'not_started') return <Navigate to="/install" replace />
  return (
    <AuthLayout title={t('signIn.title')} lead={isExpired ? t('signIn.expired') : isRefused ? '' : t('signIn.lead')}>
      {isHomeless && (
        <Notice tone="warn" className="mb-5">
          {t('signIn.noWorkspace')}
        </Notice>
      )}
      {failed && (
        <Notice tone="bad" className="mb-5">
          {tErrors(failed)}
        </Notice>
      )}
      {hasPasswords && (
        <>
          <SignInForm redirect={redirect} />
          <p className="mt-5 flex flex-wrap justify-between gap-x-4 gap-y-2 text-s">
            <Link to="/reset-password" search={{}} className="text-accent hover:underline">
              {t('signIn.forgot')}
            </Link>
            {features && offersRegistration(features) && (
              <Link to="/signup" search={redirect ? { redirect } : {}} className="text-accent hover:underline">
                {t('signIn.register')}
              </Link>
            )}
          </p>
        </>
      )}
      {(features?.enable_email_code_login || features?.enable_social_oauth_login) && (
        <OtherWays isAlone={!hasPasswords}>
          <ServiceButtons redirect={redirect} />
          {features.enable_email_code_login && (
            <Link
              to="/signin/code"
              search={redirect ? { redirect } : {}}
              className={buttonClass({ size: 'l', variant: hasPasswords || features.enable_social_oauth_login ? 'default' : 'primary' })}
            >
              {t('signIn.byCode')}
            </Link>
          )}
        </OtherWays>
      )}
    </AuthLayout>
  )
}

/** Ways to sign in beside the password. */
function OtherWays({ isAlone, children }: { readonly isAlone: boolean; readonly children: ReactNode }) {
  return <div className={cx('flex flex-col gap-2', !isAlone && 'mt-6 border-t border-line pt-6')}>{children}</div>
}

function SignInForm({ redirect }: { readonly redirect: string | undefined }) {
  const { t } = useTranslation('account')
  const api = useApi()
  const goOn = useGoOn(redirect)
  const queryClient = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const emailFault = isEmailLike(email) ? null : t('invalid.email')
  const signIn = useMutation({
    mutationFn: () => api.account.signIn({ email: email.trim(), password }),
    onSuccess: async (answer) => {
      if (answer.result !== 'success') return
      queryClient.clear()
      await goOn()
    },
  })
  return (
    <AuthForm
      submitLabel={t('signIn.submit')}
      onSubmit={() => {
        setTried(true)
        if (!emailFault) signIn.mutate()
      }}
      error={signIn.error}
      isBusy={signIn.isPending}
    >
      <EmailField value={email} onValueChange={setEmail} error={isTried ? emailFault : null} />
      <PasswordField label={t('signIn.password')} autoComplete="current-password" size="l" value={password} onValueChange={setPassword} />
      {signIn.data && signIn.data.result !== 'success' && <Notice tone="bad">{t('signIn.noWorkspace')}</Notice>}
    </AuthForm>
  )
}
