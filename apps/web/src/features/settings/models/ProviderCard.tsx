import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Plus, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { CustomModel, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Chip, ConfirmDialog, IconButton, Menu, useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { ProviderIcon } from '../../models/ProviderIcon.tsx'
import { useSession } from '../../session/useSession.ts'
import { type CredentialScope, CredentialsDialog } from './CredentialsDialog.tsx'
import { isReady, needsKey } from './provider-state.ts'

export function ProviderCard({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const { canAdminister } = useSession()
  const [dialog, setDialog] = useState<CredentialScope | null>(null)
  const ready = isReady(provider)
  return (
    <Card className="flex flex-col gap-3 px-4 py-3.5">
      <div className="flex items-start gap-3">
        <ProviderIcon size="l" light={provider.icon_small} dark={provider.icon_small_dark} />
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <h3 className="truncate text-l font-semibold">{text(provider.label, provider.provider)}</h3>
            {ready && <Chip tone="ok">{t('models.ready')}</Chip>}
          </div>
          {provider.description && <p className="line-clamp-2 text-s text-ink-2">{text(provider.description)}</p>}
          <div className="mt-1.5 flex flex-wrap gap-1">
            {provider.supported_model_types.map((type) => (
              <Chip key={type}>{t(`models.types.${type}`)}</Chip>
            ))}
          </div>
        </div>
        {canAdminister && <ProviderActions provider={provider} onOpen={setDialog} />}
      </div>
      <CustomModels provider={provider} />
      {dialog && <CredentialsDialog provider={provider} scope={dialog} onClose={() => setDialog(null)} />}
    </Card>
  )
}

function ProviderActions({ provider, onOpen }: { readonly provider: Provider; readonly onOpen: (scope: CredentialScope) => void }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const [isConfirming, setConfirming] = useState(false)
  const remove = useRemoveKey(provider, () => setConfirming(false))
  const hasKey = provider.custom_configuration.status === 'active' && Boolean(provider.custom_configuration.current_credential_id)
  const takesModels = provider.configurate_methods.includes('customizable-model') && provider.model_credential_schema
  if (!needsKey(provider) && !takesModels) return <span className="text-s text-ink-3">{t('models.noKeyNeeded')}</span>
  return (
    <div className="flex shrink-0 gap-1.5">
      {takesModels && (
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => onOpen('model')}>
          {t('models.addModel')}
        </Button>
      )}
      {needsKey(provider) && !hasKey && (
        <Button icon={<KeyRound size={14} aria-hidden />} onClick={() => onOpen('provider')}>
          {t('models.addKey')}
        </Button>
      )}
      {hasKey && (
        <Menu
          trigger={
            <IconButton label={t('more', { ns: 'common' })} isTooltipHidden>
              <Ellipsis size={16} aria-hidden />
            </IconButton>
          }
          groups={[
            [{ label: t('models.replaceKey'), icon: <KeyRound size={14} aria-hidden />, onSelect: () => onOpen('provider') }],
            [
              {
                label: t('models.removeKey'),
                icon: <Trash2 size={14} aria-hidden />,
                isDestructive: true,
                onSelect: () => setConfirming(true),
              },
            ],
          ]}
        />
      )}
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('models.confirmRemove.title', { provider: text(provider.label) })}
        consequence={t('models.confirmRemove.consequence')}
        confirmLabel={t('models.confirmRemove.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </div>
  )
}

function useRemoveKey(provider: Provider, onRemoved: () => void) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => api.models.removeCredentials(provider.provider, provider.custom_configuration.current_credential_id ?? ''),
    onSuccess: async () => {
      onRemoved()
      await queryClient.invalidateQueries({ queryKey: ['models'] })
      toast.success(t('models.confirmRemove.done', { provider: text(provider.label) }))
    },
    onError: (error) => toast.error(t('models.confirmRemove.failed'), errorText(error)),
  })
}

function CustomModels({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { canAdminister } = useSession()
  const [removing, setRemoving] = useState<CustomModel | null>(null)
  const remove = useMutation({
    mutationFn: (model: CustomModel) => api.models.removeModel(provider.provider, { model: model.model, model_type: model.model_type }),
    onSuccess: async () => {
      setRemoving(null)
      await queryClient.invalidateQueries({ queryKey: ['models'] })
    },
    onError: (error) => toast.error(t('models.confirmRemoveModel.failed'), errorText(error)),
  })
  const models = provider.custom_configuration.custom_models ?? []
  if (models.length === 0) return null
  return (
    <ul className="divide-y divide-line border-t border-line">
      {models.map((model) => (
        <li key={`${model.model_type} ${model.model}`} className="flex h-9 items-center gap-2">
          <span className="min-w-0 flex-1 truncate font-mono text-s">{model.model}</span>
          <Chip>{t(`models.types.${model.model_type}`)}</Chip>
          {canAdminister && (
            <IconButton size="s" label={t('models.removeModel', { name: model.model })} onClick={() => setRemoving(model)}>
              <X size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={t('models.confirmRemoveModel.title', { name: removing?.model })}
        consequence={t('models.confirmRemoveModel.consequence')}
        confirmLabel={t('models.confirmRemoveModel.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing)}
      />
    </ul>
  )
}
