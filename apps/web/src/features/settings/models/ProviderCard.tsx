import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, KeyRound, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Button, Card, Chip, ConfirmDialog, IconButton, Menu, useToast } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { ProviderIcon } from '../../models/ProviderIcon.tsx'
import { useSession } from '../../session/useSession.ts'
import { CredentialsDialog } from './CredentialsDialog.tsx'
import { CustomModels } from './CustomModels.tsx'
import type { CredentialTarget } from './credential-target.ts'
import { isReady, needsKey } from './provider-state.ts'

export function ProviderCard({ provider }: { readonly provider: Provider }) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const { canAdminister } = useSession()
  const [target, setTarget] = useState<CredentialTarget | null>(null)
  const ready = isReady(provider)
  return (
    <Card className="flex flex-col gap-3 px-4 py-3.5">
      <div className="flex flex-wrap items-start gap-3">
        <ProviderIcon size="l" light={provider.icon_small} dark={provider.icon_small_dark} />
        <div className="min-w-0 flex-1 basis-60">
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
        {canAdminister && <ProviderActions provider={provider} onOpen={setTarget} />}
      </div>
      <CustomModels provider={provider} onEdit={(model) => setTarget({ kind: 'model', model })} />
      {target && <CredentialsDialog provider={provider} target={target} onClose={() => setTarget(null)} />}
    </Card>
  )
}

function ProviderActions({ provider, onOpen }: { readonly provider: Provider; readonly onOpen: (target: CredentialTarget) => void }) {
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
        <Button icon={<Plus size={14} aria-hidden />} onClick={() => onOpen({ kind: 'new-model' })}>
          {t('models.addModel')}
        </Button>
      )}
      {needsKey(provider) && !hasKey && (
        <Button icon={<KeyRound size={14} aria-hidden />} onClick={() => onOpen({ kind: 'provider' })}>
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
            [{ label: t('models.replaceKey'), icon: <KeyRound size={14} aria-hidden />, onSelect: () => onOpen({ kind: 'provider' }) }],
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
