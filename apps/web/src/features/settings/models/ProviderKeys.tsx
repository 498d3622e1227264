import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider, ProviderKey } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Chip, ConfirmDialog, IconButton, Menu, Switch, useToast } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import { useRemoveKey } from './useRemoveKey.ts'

export interface ProviderKeysProps {
  readonly provider: Provider
  readonly onEdit: (credentialId: string) => void
}

/** The keys of a provider that has several: which is used, which share the load, which rest. */
export function ProviderKeys({ provider, onEdit }: ProviderKeysProps) {
  const { t } = useTranslation('settings')
  const [removing, setRemoving] = useState<ProviderKey | null>(null)
  const remove = useRemoveKey(provider, () => setRemoving(null))
  const { available_credentials: keys, current_credential_id: current } = provider.custom_configuration
  if (keys.length < 2) return null
  return (
    <section aria-label={t('models.keys.title')} className="border-t border-line pt-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="text-s whitespace-nowrap font-medium text-ink-3">{t('models.keys.title')}</h4>
        <p className="text-s text-ink-3">{t('models.keys.lead')}</p>
      </div>
      <ul className="divide-y divide-line">
        {keys.map((key) => (
          <KeyRow
            key={key.credential_id}
            provider={provider}
            credential={key}
            isCurrent={key.credential_id === current}
            onEdit={() => onEdit(key.credential_id)}
            onRemove={() => setRemoving(key)}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={t('models.keys.confirmRemove', { name: removing?.credential_name })}
        consequence={t('models.keys.removeConsequence')}
        confirmLabel={t('models.confirmRemove.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing.credential_id)}
      />
    </section>
  )
}

interface KeyRowProps {
  readonly provider: Provider
  readonly credential: ProviderKey
  readonly isCurrent: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function KeyRow({ provider, credential, isCurrent, onEdit, onRemove }: KeyRowProps) {
  const { t } = useTranslation('settings')
  const { canAdminister } = useSession()
  const { choose, share } = useKeyChanges(provider, credential.credential_id)
  const isSharing = share.isPending ? share.variables : credential.shares_load
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="min-w-0 flex-1 truncate font-medium">{credential.credential_name}</span>
      <RestChip credential={credential} />
      {isCurrent && <Chip tone="ok">{t('models.keys.current')}</Chip>}
      {!isCurrent && canAdminister && (
        <Switch
          label={t('models.keys.share')}
          className="text-s"
          checked={isSharing}
          disabled={share.isPending}
          onCheckedChange={(next) => share.mutate(next)}
        />
      )}
      {!isCurrent && !canAdminister && credential.shares_load && <Chip>{t('models.keys.share')}</Chip>}
      {canAdminister && (
        <Menu
          trigger={
            <IconButton size="s" label={t('models.keys.actions', { name: credential.credential_name })} isTooltipHidden>
              <Ellipsis size={14} aria-hidden />
            </IconButton>
          }
          groups={[
            [
              ...(isCurrent
                ? []
                : [{ label: t('models.keys.use'), icon: <Check size={14} aria-hidden />, onSelect: () => choose.mutate() }]),
              { label: t('models.keys.edit'), icon: <Pencil size={14} aria-hidden />, onSelect: onEdit },
            ],
            [{ label: t('models.removeKey'), icon: <Trash2 size={14} aria-hidden />, isDestructive: true, onSelect: onRemove }],
          ]}
        />
      )}
    </li>
  )
}

function RestChip({ credential: { resting } }: { readonly credential: ProviderKey }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  if (!resting) return null
  return <Chip tone="warn">{t(`models.keys.resting.${resting.reason}`, { time: format.time(resting.until) })}</Chip>
}

function useKeyChanges(provider: Provider, credentialId: string) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const shared = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['models'] }),
    onError: (error: Error) => toast.error(t('models.keys.failed'), errorText(error)),
  }
  const choose = useMutation({ mutationFn: () => api.models.chooseCredentials(provider.provider, credentialId), ...shared })
  const share = useMutation({
    mutationFn: (isSharing: boolean) => api.models.shareLoad(provider.provider, credentialId, isSharing),
    ...shared,
  })
  return { choose, share }
}
