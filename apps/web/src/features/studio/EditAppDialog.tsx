import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Dialog, Notice } from '../../design/index.ts'
import { type AppDetails, AppDetailsFields } from './AppDetailsFields.tsx'
import { iconOf } from './app-icon.ts'
import { invalidateApps } from './queries.ts'

export interface EditAppDialogProps {
  readonly app: AppSummary
  readonly isOpen: boolean
  readonly onClose: () => void
}

const toDetails = (app: AppSummary): AppDetails => ({ name: app.name, description: app.description ?? '', icon: iconOf(app) })

export function EditAppDialog({ app, isOpen, onClose }: EditAppDialogProps) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const errorText = useErrorText()
  const [details, setDetails] = useState(() => toDetails(app))
  useEffect(() => {
    if (isOpen) setDetails(toDetails(app))
  }, [isOpen, app])
  const save = useMutation({
    mutationFn: () =>
      api.apps.update(app.id, {
        name: details.name.trim(),
        description: details.description.trim(),
        icon_type: details.icon.type,
        icon: details.icon.icon,
        icon_background: app.icon_background,
        use_icon_as_answer_icon: app.use_icon_as_answer_icon,
        max_active_requests: app.max_active_requests,
      }),
    onSuccess: async () => {
      onClose()
      await Promise.all([invalidateApps(queryClient), queryClient.invalidateQueries({ queryKey: ['apps', app.id] })])
    },
  })
  const isNameMissing = details.name.trim() === ''
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(next) => !next && onClose()}
      title={t('edit.title')}
      width="m"
      onSubmit={() => !isNameMissing && save.mutate()}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending}>
            {t('save', { ns: 'common' })}
          </Button>
        </>
      }
    >
      <AppDetailsFields details={details} onChange={setDetails} nameError={isNameMissing ? t('create.nameMissing') : null} />
      {save.error && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}
