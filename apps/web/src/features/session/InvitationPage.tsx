import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { mayHaveSession } from '../../api/session.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { buttonClass, ErrorState, Skeleton } from '../../design/index.ts'
import { AuthLayout } from './AuthLayout.tsx'
import { InvitedAccountForm } from './InvitedAccountForm.tsx'
import { InvitedElsewhere, InvitedHere } from './InvitedHere.tsx'
import { InvitedSignInForm } from './InvitedSignInForm.tsx'
import { profileQuery } from './queries.ts'
import { ServiceButtons } from './ServiceButtons.tsx'

/** Where the link of an invitation leads: a new account, a sign-in, or one press, whatever is needed to join. */
export function InvitationPage() {
  const { token } = useSearch({ from: '/activate' })
  const { t } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
  const invitation = useQuery({ queryKey: ['invitation', token], queryFn: () => api.team.invitation(token), staleTime: 0 })
  // Whoever is signed in to no workspace gets no profile: signing in joins them.
  const [isSignedOut, setSignedOut] = useState(false)
  const profile = useQuery({ ...profileQuery(api), enabled: !isSignedOut && mayHaveSession(), retry: false })
  if (invitation.isError) {
    return (
      <AuthLayout title={t('join.title')} lead="">
        <ErrorState
          title={t('loadFailed', { ns: 'common' })}
          message={errorText(invitation.error)}
          onRetry={() => void invitation.refetch()}
        />
      </AuthLayout>
    )
  }
  if (invitation.isPending || profile.isLoading) {
    return (
      <AuthLayout title={t('join.title')} lead="">
        <Skeleton className="h-30" />
      </AuthLayout>
    )
  }
  if (!invitation.data) {
    return (
      <AuthLayout title={t('join.invalidTitle')} lead={t('join.invalidLead')}>
        <Link to="/" className={buttonClass({ size: 'l' })}>
          {t('join.toConsole')}
        </Link>
      </AuthLayout>
    )
  }
  const { workspace_name: workspace, role, email, has_account: hasAccount } = invitation.data
  const account = isSignedOut ? undefined : profile.data
  const props = { token, email }
  // The forms have the address in a field.
  const lead = t(account ? 'join.lead' : 'join.leadOfNew', { role: t(`roles.${role}`), email })
  return (
    <AuthLayout title={t('join.titleOf', { workspace })} lead={lead}>
      {account && account.email.toLowerCase() === email && <InvitedHere token={token} name={account.name} />}
      {account && account.email.toLowerCase() !== email && (
        <InvitedElsewhere email={account.email} onSignedOut={() => setSignedOut(true)} />
      )}
      {!account && (hasAccount ? <InvitedSignInForm {...props} /> : <InvitedAccountForm {...props} />)}
      {!account && (
        <div className="mt-6 flex flex-col gap-2 border-t border-line pt-6 empty:hidden">
          <ServiceButtons inviteToken={token} />
        </div>
      )}
    </AuthLayout>
  )
}
