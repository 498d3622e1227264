import { useSearch } from '@tanstack/react-router'
import { InvitationPage } from '../features/session/InvitationPage.tsx'
import { SetupPage } from '../features/session/SetupPage.tsx'
import { SignInPage } from '../features/session/SignInPage.tsx'

export function InstallRoute() {
  return <SetupPage />
}

export function SignInRoute() {
  const { redirect, expired, homeless } = useSearch({ from: '/signin' })
  return <SignInPage redirect={redirect} isExpired={expired ?? false} isHomeless={homeless ?? false} />
}

export function InvitationRoute() {
  const { token } = useSearch({ from: '/activate' })
  return <InvitationPage token={token} />
}
