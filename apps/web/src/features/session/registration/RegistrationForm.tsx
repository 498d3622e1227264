import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { SentCode } from '../../../api/codes-api.ts'
import { Button } from '../../../design/index.ts'
import { NewAccountForm } from '../NewAccountForm.tsx'
import { useGoOn } from '../useGoOn.ts'

export interface RegistrationFormProps {
  /** The address, and what its code was traded for. */
  readonly proven: SentCode
  readonly redirect: string | undefined
  readonly onBack: () => void
}

/** A name and a password for the address; the account is signed in at once. */
export function RegistrationForm({ proven, redirect, onBack }: RegistrationFormProps) {
  const { t } = useTranslation('account')
  const { t: tRegistration } = useTranslation('registration')
  const api = useApi()
  const goOn = useGoOn(redirect)
  const queryClient = useQueryClient()
  return (
    <>
      <NewAccountForm
        email={proven.email}
        submitLabel={tRegistration('submit')}
        make={(account) => api.codes.register({ ...account, token: proven.token })}
        onMade={async () => {
          queryClient.clear()
          await goOn()
        }}
      />
      <Button variant="link" size="s" className="mt-4" onClick={onBack}>
        {t('code.otherAddress')}
      </Button>
    </>
  )
}
