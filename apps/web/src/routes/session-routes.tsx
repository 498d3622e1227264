import { useSearch } from '@tanstack/react-router'
import { SignInPage } from '../features/session/SignInPage.tsx'

export function SignInRoute() {
  const { redirect, expired, homeless, failed } = useSearch({ from: '/signin' })
  return <SignInPage redirect={redirect} isExpired={expired ?? false} isHomeless={homeless ?? false} failed={failed} />
}
