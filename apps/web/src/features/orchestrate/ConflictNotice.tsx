import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Notice, useToast } from '../../design/index.ts'
import { useApp, useDraft, useDraftStore } from '../app/app-context.ts'

/** Somebody else saved in the meantime: both states are kept until one is chosen, and the other can be brought back. */
export function ConflictNotice() {
  const { t } = useTranslation('orchestrate')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const { app } = useApp()
  const draft = useDraftStore()
  const { status } = useDraft()
  const onError = (error: unknown) => toast.error(t('conflict.failed'), errorText(error))
  const keepMine = useMutation({
    mutationFn: async () => {
      const theirs = await api.apps.draft(app.id)
      await draft.overwrite(theirs.hash)
      return theirs.model_config
    },
    onSuccess: (theirs) =>
      toast.success(t('conflict.keptMine'), { label: t('conflict.bringBackTheirs'), onSelect: () => draft.update(() => theirs) }),
    onError,
  })
  const takeTheirs = useMutation({
    mutationFn: () => api.apps.draft(app.id),
    onMutate: () => draft.read().config,
    onSuccess: (theirs, _, mine) => {
      draft.replace(theirs)
      toast.success(t('conflict.tookTheirs'), { label: t('conflict.bringBackMine'), onSelect: () => draft.update(() => mine) })
    },
    onError,
  })
  if (status !== 'conflict') return null
  return (
    <Notice tone="warn">
      <p className="font-medium">{t('conflict.title')}</p>
      <p className="mt-0.5 text-ink-2">{t('conflict.lead')}</p>
      <div className="mt-2.5 mb-1 flex gap-2">
        <Button size="s" isBusy={takeTheirs.isPending} onClick={() => takeTheirs.mutate()}>
          {t('conflict.takeTheirs')}
        </Button>
        <Button size="s" isBusy={keepMine.isPending} onClick={() => keepMine.mutate()}>
          {t('conflict.keepMine')}
        </Button>
      </div>
    </Notice>
  )
}
