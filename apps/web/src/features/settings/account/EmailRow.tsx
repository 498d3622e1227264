import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { Button, TextField } from '../../../design/index.ts'
import { lazyDialog } from '../../../lazy-dialog.tsx'
import { systemFeaturesQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'

const ChangeEmailDialog = lazyDialog(() => import('./ChangeEmailDialog.tsx').then((module) => module.ChangeEmailDialog))

/** The address of the account: changed by codes, where mail is sent. */
export function EmailRow() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const { account } = useSession()
  const features = useQuery(systemFeaturesQuery(api)).data
  const [isChanging, setChanging] = useState(false)
  return (
    <div className="flex items-start gap-2">
      <TextField
        label={t('account.email')}
        className="w-80 max-w-full"
        hint={features && !features.enable_change_email ? t('account.changeEmail.noMail') : undefined}
        value={account.email}
        onValueChange={() => undefined}
        readOnly
      />
      {features?.enable_change_email && (
        <Button className="mt-6" onClick={() => setChanging(true)}>
          {t('account.changeEmail.open')}
        </Button>
      )}
      {isChanging && <ChangeEmailDialog onClose={() => setChanging(false)} />}
    </div>
  )
}
