import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AnnotationSetting } from '@trellis/contracts'
import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Card, ProgressBar, Switch, useToast } from '../../design/index.ts'
import { refusalText } from '../../i18n/refusal-text.ts'
import { useApp } from '../app/app-context.ts'
import { ReplyDialog } from './ReplyDialog.tsx'

const settingKey = (appId: string) => ['annotations', appId, 'setting'] as const
const POLL_MS = 1000

/** Whether the app answers with its annotations, and how. */
export function ReplyCard() {
  const { t } = useTranslation('annotations')
  const api = useApi()
  const { app } = useApp()
  const [isOpen, setOpen] = useState(false)
  const setting = useQuery({ queryKey: settingKey(app.id), queryFn: () => api.annotations.setting(app.id), staleTime: 0 })
  const disable = useDisable()
  const { data } = setting
  if (!data) return null
  const isPreparing = data.job_id !== null
  return (
    <Card className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-60 flex-1">
        <h3 className="font-semibold">{t('reply.title')}</h3>
        {data.job_id !== null ? <Preparation key={data.job_id} jobId={data.job_id} /> : <Summary setting={data} />}
      </div>
      <div className="flex items-center gap-4 max-sm:w-full max-sm:justify-between">
        <Button
          size="s"
          icon={<SlidersHorizontal size={14} aria-hidden />}
          disabled={isPreparing || !data.enabled}
          onClick={() => setOpen(true)}
        >
          {t('reply.settings')}
        </Button>
        <Switch
          label={t('reply.switch')}
          isLabelHidden
          checked={data.enabled || isPreparing}
          disabled={disable.isPending}
          onCheckedChange={(isOn) => (isOn ? setOpen(true) : disable.mutate(data))}
        />
      </div>
      {isOpen && <ReplyDialog setting={data} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function Summary({ setting }: { readonly setting: AnnotationSetting }) {
  const { t } = useTranslation('annotations')
  const text = () => {
    if (!setting.enabled) return t('reply.off')
    if (setting.embedding_model === null) return t('reply.onWords')
    return t('reply.onModel', { score: (setting.score_threshold || 1).toFixed(2) })
  }
  return <p className="text-s text-ink-2">{text()}</p>
}

/** How far switching it on is; once that is over the setting tells how it went. */
function Preparation({ jobId }: { readonly jobId: string }) {
  const { t, i18n } = useTranslation('annotations')
  const api = useApi()
  const { app } = useApp()
  const toast = useToast()
  const queryClient = useQueryClient()
  const job = useQuery({
    queryKey: ['annotations', app.id, 'reply-job', jobId],
    queryFn: () => api.annotations.replyJob(app.id, jobId),
    refetchInterval: ({ state }) => (isOver(state.data?.job_status) || state.error ? false : POLL_MS),
    staleTime: 0,
    retry: false,
  })
  const { data, isError } = job
  useEffect(() => {
    if (!isError && !isOver(data?.job_status)) return
    if (data?.job_status === 'completed') toast.success(t('reply.done'))
    if (data?.job_status === 'error') toast.error(t('reply.switchFailed'), refusalText(data, i18n) ?? data.error_msg)
    void queryClient.invalidateQueries({ queryKey: settingKey(app.id) })
  }, [data, isError, toast, t, i18n, queryClient, app.id])
  const { done, total } = data ?? { done: null, total: null }
  if (!total) return <p className="text-s text-ink-2">{t('reply.preparingStart')}</p>
  return (
    <div className="flex max-w-100 flex-col gap-1.5">
      <p className="text-s text-ink-2">{t('reply.preparing', { done: done ?? 0, total })}</p>
      <ProgressBar label={t('reply.title')} value={done ?? 0} max={total} />
    </div>
  )
}

const isOver = (status: string | undefined): boolean => status === 'completed' || status === 'error'

function useDisable() {
  const { t } = useTranslation('annotations')
  const api = useApi()
  const { app } = useApp()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ score_threshold, embedding_model }: AnnotationSetting) =>
      api.annotations.switchReply(app.id, 'disable', {
        score_threshold: score_threshold ?? 1,
        embedding_provider_name: embedding_model?.embedding_provider_name ?? '',
        embedding_model_name: embedding_model?.embedding_model_name ?? '',
      }),
    onSuccess: () => toast.success(t('reply.stopped')),
    onError: (error) => toast.error(t('reply.switchFailed'), errorText(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: settingKey(app.id) }),
  })
}
