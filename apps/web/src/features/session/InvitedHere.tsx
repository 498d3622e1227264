import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Notice } from '../../design/index.ts'
import { useJoined } from './useJoined.ts'

/** For whoever is signed in with the address that is invited. */
export function InvitedHere({ token, name }: { readonly token: string; readonly name: string }) {
  const { t } = useTranslation('team')
  const api = useApi()
  const errorText = useErrorText()
  const onJoined = useJoined()
  const join = useMutation({ mutationFn: () => api.team.join(token), onSuccess: onJoined })
  return (
    <div className="flex flex-col gap-4">
      {join.error && <Notice tone="bad">{errorText(join.error)}</Notice>}
      <Button variant="primary" size="l" isBusy={join.isPending} onClick={() => join.mutate()}>
        {t('join.submitAs', { name })}
      </Button>
    </div>
  )
}

/** For whoever is signed in with another address. */
export function InvitedElsewhere({ email, onSignedOut }: { readonly email: string; readonly onSignedOut: () => void }) {
  const { t } = useTranslation('team')
  const api = useApi()
  // Refused because the session was gone already: either way this page goes on without one.
  const signOut = useMutation({ mutationFn: () => api.account.signOut(), onSettled: onSignedOut })
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t('join.elsewhere', { email })}</Notice>
      <Button size="l" isBusy={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('join.signOut')}
      </Button>
    </div>
  )
}
