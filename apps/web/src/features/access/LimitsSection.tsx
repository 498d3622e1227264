import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppLimits } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Card, ErrorState, Notice, Skeleton, TextField, useToast } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { appQuery } from '../app/queries.ts'
import { useSession } from '../session/useSession.ts'
import { findFaults, impliedLimit, isSame, limitNames, toDraft, toLimits } from './limits-draft.ts'

/** How many requests the app answers at a time, a minute, an hour and a day. */
export function LimitsSection() {
  const { t } = useTranslation('access')
  const api = useApi()
  const errorText = useErrorText()
  const { app } = useApp()
  const limits = useQuery({ queryKey: ['limits', app.id], queryFn: () => api.apps.limits(app.id) })
  return (
    <section aria-label={t('limits.title')}>
      <h3 className="text-l font-semibold">{t('limits.title')}</h3>
      <p className="mb-2.5 text-ink-2">{t('limits.lead')}</p>
      {limits.isPending && <Skeleton className="h-24" />}
      {limits.isError && (
        <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(limits.error)} onRetry={() => void limits.refetch()} />
      )}
      {limits.data && <LimitsForm limits={limits.data} />}
    </section>
  )
}

function LimitsForm({ limits }: { readonly limits: AppLimits }) {
  const { t } = useTranslation('access')
  const errorText = useErrorText()
  const { canEdit } = useSession()
  const [draft, setDraft] = useState(() => toDraft(limits))
  const save = useSaveLimits()
  const faults = findFaults(draft)
  return (
    <Card className="px-5 py-3.5">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (faults.length === 0) save.mutate(toLimits(draft))
        }}
      >
        <fieldset disabled={!canEdit} className="flex flex-col gap-3">
          <div className="grid grid-cols-4 items-start gap-3 max-[900px]:grid-cols-2">
            {limitNames.map((name) => {
              const implied = impliedLimit(limits, name)
              return (
                <TextField
                  key={name}
                  label={t(`limits.${name}`)}
                  inputMode="numeric"
                  placeholder={implied === null ? t('limits.none') : t('limits.implied', { limit: implied })}
                  value={draft[name]}
                  onValueChange={(value) => setDraft((current) => ({ ...current, [name]: value }))}
                  error={faults.includes(name) ? t('limits.invalid') : null}
                />
              )
            })}
          </div>
          {save.error && (
            <Notice tone="bad">
              {t('limits.failed')}: {errorText(save.error)}
            </Notice>
          )}
          <div className="flex items-center gap-3">
            <p className="flex-1 text-s text-ink-3">{t('limits.hint')}</p>
            <Button type="submit" disabled={isSame(draft, limits)} isBusy={save.isPending}>
              {t('limits.save')}
            </Button>
          </div>
        </fieldset>
      </form>
    </Card>
  )
}

function useSaveLimits() {
  const { t } = useTranslation('access')
  const api = useApi()
  const toast = useToast()
  const queryClient = useQueryClient()
  const { app } = useApp()
  return useMutation({
    mutationFn: (limits: Parameters<typeof api.apps.updateLimits>[1]) => api.apps.updateLimits(app.id, limits),
    onSuccess: async (saved) => {
      queryClient.setQueryData(['limits', app.id], saved)
      toast.success(t('limits.saved'))
      // The details of the app have one of them too.
      await queryClient.invalidateQueries({ queryKey: appQuery(api, app.id).queryKey })
    },
  })
}
