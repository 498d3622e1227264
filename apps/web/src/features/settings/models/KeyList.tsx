import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { KeyOwner } from '../../../api/models-api.ts'
import type { ProviderKey } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Chip, ConfirmDialog, IconButton, Menu, Switch, useToast } from '../../../design/index.ts'
import { useFormat } from '../../../i18n/useFormat.ts'
import { useSession } from '../../session/useSession.ts'
import type { OwnedKeys } from './owned-keys.ts'
import { useRemoveKey } from './useRemoveKey.ts'

export interface KeyListProps {
  readonly keys: OwnedKeys
  /** For those who hear the page: whose keys they are. */
  readonly title: string
  /** As people call it. */
  readonly ownerName: string
  /** Says what sharing is: once is enough where several lists stand below one another. */
  readonly hasLead: boolean
  readonly onEdit: (credentialId: string) => void
}

/** Several keys of one owner: which is used, which share the load, which rest. */
export function KeyList({ keys: owned, title, ownerName, hasLead, onEdit }: KeyListProps) {
  const { t } = useTranslation('settings')
  const [removing, setRemoving] = useState<ProviderKey | null>(null)
  const remove = useRemoveKey(owned, () => setRemoving(null))
  return (
    <section aria-label={title} className="border-t border-line pt-2.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h4 className="text-s font-medium text-ink-3">{t('models.keys.title')}</h4>
        {hasLead && <p className="text-s text-ink-3">{t('models.keys.lead')}</p>}
      </div>
      <ul className="divide-y divide-line">
        {owned.keys.map((key) => (
          <KeyRow
            key={key.credential_id}
            owner={owned.owner}
            credential={key}
            isCurrent={key.credential_id === owned.currentId}
            onEdit={() => onEdit(key.credential_id)}
            onRemove={() => setRemoving(key)}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={t('models.keys.confirmRemove', { name: removing?.credential_name, owner: ownerName })}
        consequence={t('models.keys.removeConsequence')}
        confirmLabel={t('models.confirmRemove.confirm')}
        isBusy={remove.isPending}
        onConfirm={() => removing && remove.mutate(removing.credential_id)}
      />
    </section>
  )
}

interface KeyRowProps {
  readonly owner: KeyOwner
  readonly credential: ProviderKey
  readonly isCurrent: boolean
  readonly onEdit: () => void
  readonly onRemove: () => void
}

function KeyRow({ owner, credential, isCurrent, onEdit, onRemove }: KeyRowProps) {
  const { t } = useTranslation('settings')
  const { canAdminister } = useSession()
  const { choose, share } = useKeyChanges(owner, credential.credential_id)
  const isSharing = share.isPending ? share.variables : credential.shares_load
  return (
    <li className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="min-w-24 flex-1 truncate font-medium">{credential.credential_name}</span>
      <RestChip credential={credential} />
      {isCurrent && <Chip tone="ok">{t('models.keys.current')}</Chip>}
      {!isCurrent && canAdminister && (
        <Switch
          label={
            <>
              {t('models.keys.share')}
              <span className="sr-only">: {credential.credential_name}</span>
            </>
          }
          className="text-s"
          checked={isSharing}
          disabled={share.isPending}
          onCheckedChange={(next) => share.mutate(next)}
        />
      )}
      {!isCurrent && !canAdminister && credential.shares_load && <Chip>{t('models.keys.shares')}</Chip>}
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

function useKeyChanges(owner: KeyOwner, credentialId: string) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const shared = {
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['models'] }),
    onError: (error: Error) => toast.error(t('models.keys.failed'), errorText(error)),
  }
  const choose = useMutation({ mutationFn: () => api.models.chooseCredentials(owner, credentialId), ...shared })
  const share = useMutation({
    mutationFn: (isSharing: boolean) => api.models.shareLoad(owner, credentialId, isSharing),
    ...shared,
  })
  return { choose, share }
}
