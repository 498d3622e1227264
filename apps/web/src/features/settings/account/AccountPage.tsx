import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Notice, Select, TextField, useToast } from '../../../design/index.ts'
import { PasswordField } from '../../session/PasswordField.tsx'
import { isPasswordAcceptable } from '../../session/password-rules.ts'
import { profileQuery } from '../../session/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { PageHeading } from '../PageHeading.tsx'
import { AvatarRow } from './AvatarRow.tsx'
import { DeleteAccountCard } from './DeleteAccountCard.tsx'
import { EmailRow } from './EmailRow.tsx'
import { IdentitiesCard } from './IdentitiesCard.tsx'
import { SessionsCard } from './SessionsCard.tsx'

export function AccountPage() {
  const { t } = useTranslation('settings')
  const { failed } = useSearch({ from: '/shell/settings/account' })
  return (
    <>
      <PageHeading title={t('account.title')} lead={t('account.lead')} />
      <div className="flex flex-col gap-5">
        <ProfileCard />
        <PasswordCard />
        <IdentitiesCard failed={failed} />
        <SessionsCard />
        <DeleteAccountCard />
      </div>
    </>
  )
}

const MIN_NAME_LENGTH = 1
const MAX_NAME_LENGTH = 30

function ProfileCard() {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { account } = useSession()
  const [name, setName] = useState(account.name)
  const onError = (error: unknown) => toast.error(t('account.failed'), errorText(error))
  const onSuccess = (updated: typeof account) => {
    queryClient.setQueryData(profileQuery(api).queryKey, updated)
    toast.success(t('account.saved'))
  }
  const rename = useMutation({ mutationFn: () => api.account.rename(name.trim()), onSuccess, onError })
  const setTimezone = useMutation({ mutationFn: (zone: string) => api.account.setTimezone(zone), onSuccess, onError })
  const isNameFine = name.trim().length >= MIN_NAME_LENGTH
  const zones = useMemo(() => {
    const current = account.timezone ?? 'UTC'
    return [...new Set([current, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({
      value: zone,
      label: zone.replaceAll('_', ' '),
    }))
  }, [account.timezone])
  return (
    <Card className="flex flex-col gap-4 p-5">
      <AvatarRow />
      <form
        noValidate
        className="flex items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (isNameFine) rename.mutate()
        }}
      >
        <TextField
          label={t('account.name')}
          className="w-80 max-w-full"
          autoComplete="name"
          maxLength={MAX_NAME_LENGTH}
          hint={t('account.nameHint')}
          value={name}
          onValueChange={setName}
          error={isNameFine ? null : t('account.nameHint')}
        />
        {name.trim() !== account.name && (
          <Button type="submit" className="mt-6" isBusy={rename.isPending} disabled={!isNameFine}>
            {t('save', { ns: 'common' })}
          </Button>
        )}
      </form>
      <EmailRow />
      <Select
        label={t('account.timezone')}
        hint={t('account.timezoneHint')}
        className="w-80 max-w-full"
        options={zones}
        value={setTimezone.isPending ? setTimezone.variables : (account.timezone ?? 'UTC')}
        onValueChange={(zone) => setTimezone.mutate(zone)}
      />
    </Card>
  )
}

const empty = { current: '', next: '', repeat: '' }

function PasswordCard() {
  const { t } = useTranslation('settings')
  const { t: tAccount } = useTranslation('account')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const [form, setForm] = useState(empty)
  const [isTried, setTried] = useState(false)
  const set = (key: keyof typeof empty) => (value: string) => setForm((current) => ({ ...current, [key]: value }))
  const faults = {
    next: isPasswordAcceptable(form.next) ? null : tAccount('invalid.password'),
    repeat: form.next === form.repeat ? null : t('account.password.mismatch'),
  }
  const { is_password_set: hasPassword } = useSession().account
  const queryClient = useQueryClient()
  const change = useMutation({
    mutationFn: () =>
      api.account.changePassword({
        password: hasPassword ? form.current : null,
        new_password: form.next,
        repeat_new_password: form.repeat,
      }),
    onSuccess: (updated) => {
      queryClient.setQueryData(profileQuery(api).queryKey, updated)
      setForm(empty)
      setTried(false)
      toast.success(t('account.password.done'))
    },
  })
  return (
    <Card className="p-5">
      <h2 className="mb-4 text-l font-semibold">{t('account.password.title')}</h2>
      <form
        noValidate
        className="flex w-80 max-w-full flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (!faults.next && !faults.repeat) change.mutate()
        }}
      >
        {hasPassword && (
          <PasswordField
            label={t('account.password.current')}
            autoComplete="current-password"
            value={form.current}
            onValueChange={set('current')}
          />
        )}
        <PasswordField
          label={t('account.password.next')}
          autoComplete="new-password"
          hasRules
          value={form.next}
          onValueChange={set('next')}
          error={isTried ? faults.next : null}
        />
        <PasswordField
          label={t('account.password.repeat')}
          autoComplete="new-password"
          value={form.repeat}
          onValueChange={set('repeat')}
          error={isTried ? faults.repeat : null}
        />
        {change.error && <Notice tone="bad">{errorText(change.error)}</Notice>}
        <Button
          type="submit"
          className="self-start"
          isBusy={change.isPending}
          disabled={hasPassword ? form.current === '' : form.next === ''}
        >
          {t(hasPassword ? 'account.password.submit' : 'account.password.set')}
        </Button>
      </form>
    </Card>
  )
}
