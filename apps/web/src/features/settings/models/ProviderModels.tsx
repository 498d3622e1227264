import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ModelEntry, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Chip, cx, ErrorState, Skeleton, Switch, useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { contextSizeOf, formatContext } from '../../models/model-choices.ts'
import { modelsOfQuery } from '../../models/queries.ts'
import { useSession } from '../../session/useSession.ts'

/** What a provider offers, folded away; each model can be switched off for the workspace. */
export function ProviderModels({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const [isOpen, setOpen] = useState(false)
  const listId = useId()
  return (
    <div className="border-t border-line pt-1.5">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
        className="flex h-7 items-center gap-1.5 rounded-sm text-s font-medium text-ink-3 hover:text-ink"
      >
        <ChevronRight size={14} aria-hidden className={cx('transition-transform duration-150', isOpen && 'rotate-90')} />
        {t('models.list.title')}
      </button>
      <div id={listId}>{isOpen && <ModelList provider={provider} />}</div>
    </div>
  )
}

function ModelList({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const errorText = useErrorText()
  const models = useQuery(modelsOfQuery(useApi(), provider.provider))
  if (models.isPending) return <Skeleton className="h-24" />
  if (models.isError) {
    return <ErrorState title={t('loadFailed', { ns: 'common' })} message={errorText(models.error)} onRetry={() => void models.refetch()} />
  }
  return (
    <ul className="divide-y divide-line">
      {models.data.map((model) => (
        <ModelRow key={`${model.model_type} ${model.model}`} provider={provider} model={model} />
      ))}
    </ul>
  )
}

function ModelRow({ provider, model }: { readonly provider: Provider; readonly model: ModelEntry }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const { canAdminister } = useSession()
  const enable = useEnable(provider, model)
  const name = text(model.label, model.model)
  const context = formatContext(contextSizeOf(model))
  const isEnabled = enable.isPending ? enable.variables : model.status !== 'disabled'
  return (
    <li className="flex min-h-9 items-center gap-2">
      <span className={cx('min-w-0 flex-1 truncate font-mono text-s', !isEnabled && 'text-ink-3')}>{name}</span>
      {model.deprecated && <Chip tone="warn">{t('models.list.deprecated')}</Chip>}
      {context !== undefined && (
        <span className="text-s text-ink-3 max-sm:hidden" title={t('models.list.context', { size: context })}>
          {context}
        </span>
      )}
      <Chip>{t(`models.types.${model.model_type}`)}</Chip>
      {model.status !== 'no-configure' && (
        <Switch
          label={t('models.list.offer', { name })}
          isLabelHidden
          checked={isEnabled}
          disabled={!canAdminister || enable.isPending}
          onCheckedChange={(next) => enable.mutate(next)}
        />
      )}
    </li>
  )
}

function useEnable(provider: Provider, { model, model_type }: ModelEntry) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (isEnabled: boolean) => api.models.setModelEnabled(provider.provider, { model, model_type }, isEnabled),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['models'] }),
    onError: (error) => toast.error(t('models.list.failed', { name: model }), errorText(error)),
  })
}
