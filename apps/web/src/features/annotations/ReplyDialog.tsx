import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AnnotationSetting } from '@trellis/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Dialog, Field, Notice, Tabs, TextField } from '../../design/index.ts'
import { useApp } from '../app/app-context.ts'
import { ModelPicker } from '../models/ModelPicker.tsx'
import { isDemo } from '../models/model-choices.ts'
import { modelsQuery } from '../models/queries.ts'
import { type ChosenModel, canTellMeaning, firstEmbedding } from './embedding-choice.ts'

type Finding = 'meaning' | 'words'

const DEFAULT_THRESHOLD = 0.9
const LOWEST_THRESHOLD = 0.5

/** By which model questions are found, and how near they must come. */
export function ReplyDialog({ setting, onClose }: { readonly setting: AnnotationSetting; readonly onClose: () => void }) {
  const { t } = useTranslation('annotations')
  const errorText = useErrorText()
  const [wanted, setWanted] = useState<Finding | null>(null)
  const [chosen, setChosen] = useState<ChosenModel | null>(modelOf(setting))
  const [threshold, setThreshold] = useState(setting.score_threshold || DEFAULT_THRESHOLD)
  const model = useModel(chosen)
  const finding = wanted ?? startingFinding(setting, model)
  const save = useEnable(onClose)
  const hintOf = (named: ChosenModel | null): string | undefined => {
    if (named === null) return t('reply.noModel')
    return isDemo(named.provider) ? t('reply.demoModel') : undefined
  }
  const isReady = finding === 'words' || model !== null
  const submit = () => {
    if (!isReady) return
    const used = finding === 'meaning' ? model : null
    save.mutate({
      score_threshold: threshold,
      embedding_provider_name: used?.provider ?? '',
      embedding_model_name: used?.model ?? '',
    })
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(next) => !next && onClose()}
      title={t('reply.dialogTitle')}
      description={t('reply.dialogLead')}
      width="m"
      onSubmit={submit}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel', { ns: 'common' })}</Button>
          <Button type="submit" variant="primary" isBusy={save.isPending} disabled={!isReady}>
            {t(setting.enabled ? 'reply.save' : 'reply.enable')}
          </Button>
        </>
      }
    >
      <Tabs
        label={t('reply.find')}
        value={finding}
        onValueChange={setWanted}
        items={[
          { value: 'meaning', label: t('reply.byMeaning') },
          { value: 'words', label: t('reply.byWords') },
        ]}
      />
      {finding === 'meaning' && (
        <>
          <Field label={t('reply.model')} hint={hintOf(model)}>
            <ModelPicker
              type="text-embedding"
              label={t('reply.model')}
              provider={model?.provider ?? ''}
              model={model?.model ?? ''}
              onChoose={(option) => setChosen({ provider: option.provider.provider, model: option.model.model })}
            />
          </Field>
          <Threshold value={threshold} onChange={setThreshold} />
        </>
      )}
      {save.isError && <Notice tone="bad">{errorText(save.error)}</Notice>}
    </Dialog>
  )
}

function Threshold({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const { t } = useTranslation('annotations')
  const bounds = { min: LOWEST_THRESHOLD, max: 1, step: 0.01 }
  const clamp = (next: number) => Math.min(1, Math.max(0, next))
  return (
    <Field label={t('reply.threshold')} hint={t('reply.thresholdHint')}>
      <div className="flex items-center gap-3">
        <input
          type="range"
          aria-label={t('reply.threshold')}
          {...bounds}
          value={value}
          onChange={(event) => onChange(event.target.valueAsNumber)}
          className="h-4 min-w-0 flex-1 accent-accent"
        />
        <TextField
          type="number"
          aria-label={t('reply.threshold')}
          isMono
          {...bounds}
          min={0}
          className="w-20"
          value={String(value)}
          onValueChange={(text) => text !== '' && Number.isFinite(Number(text)) && onChange(clamp(Number(text)))}
        />
      </div>
    </Field>
  )
}

/** As it is set, or else by meaning where a model can tell it. */
function startingFinding({ enabled, embedding_model: named }: AnnotationSetting, model: ChosenModel | null): Finding {
  if (enabled) return named === null ? 'words' : 'meaning'
  return canTellMeaning(model) ? 'meaning' : 'words'
}

const modelOf = ({ embedding_model: named }: AnnotationSetting): ChosenModel | null =>
  named && { provider: named.embedding_provider_name, model: named.embedding_model_name }

/** What was chosen, or else the workspace's first that can be called, the demo's last; null where there is none. */
function useModel(chosen: ChosenModel | null): ChosenModel | null {
  const models = useQuery(modelsQuery(useApi(), 'text-embedding'))
  return chosen ?? firstEmbedding(models.data ?? [])
}

function useEnable(onDone: () => void) {
  const api = useApi()
  const { app } = useApp()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Parameters<typeof api.annotations.switchReply>[2]) => api.annotations.switchReply(app.id, 'enable', input),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['annotations', app.id, 'setting'] })
      onDone()
    },
  })
}
