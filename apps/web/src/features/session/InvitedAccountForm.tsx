import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { InvitedFormProps } from './InvitedSignInForm.tsx'
import { NewAccountForm } from './NewAccountForm.tsx'
import { useJoined } from './useJoined.ts'

/** A new account, which is signed in at once. */
export function InvitedAccountForm({ token, email }: InvitedFormProps) {
  const { t } = useTranslation('team')
  const api = useApi()
  const onJoined = useJoined()
  return (
    <NewAccountForm
      email={email}
      submitLabel={t('join.submit')}
      make={async ({ language, ...account }) => {
        await api.team.activate({ ...account, token, interface_language: language })
        await api.account.signIn({ email, password: account.password })
      }}
      onMade={onJoined}
    />
  )
}
