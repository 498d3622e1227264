import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { CustomModel, Provider } from '../../../api/types/models.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { Chip, ConfirmDialog, IconButton, useToast } from '../../../design/index.ts'
import { useSession } from '../../session/useSession.ts'
import { KeyList } from './KeyList.tsx'
import { keysOfModel } from './owned-keys.ts'

export interface CustomModelsProps {
  readonly provider: Provider
  /** A key of a model is to be changed; null: one is to be added. */
  readonly onKey: (model: CustomModel, credentialId: string | null) => void
}

/** The models that this workspace added to a provider. Several keys of one have their actions beside them. */
export function CustomModels({ provider, onKey }: CustomModelsProps) {
  const { t } = useTranslation('settings')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
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
  const hasExplained = provider.custom_configuration.available_credentials.length > 1
  const explained = hasExplained ? undefined : models.find((model) => model.available_model_credentials.length > 1)
  return (
    <ul className="divide-y divide-line border-t border-line">
      {models.map((model) => (
        <ModelRow
          key={`${model.model_type} ${model.model}`}
          provider={provider}
          model={model}
          hasLead={model === explained}
          onKey={(credentialId) => onKey(model, credentialId)}
          onRemove={() => setRemoving(model)}
        />
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

interface ModelRowProps {
  readonly provider: Provider
  readonly model: CustomModel
  readonly hasLead: boolean
  readonly onKey: (credentialId: string | null) => void
  readonly onRemove: () => void
}

function ModelRow({ provider, model, hasLead, onKey, onRemove }: ModelRowProps) {
  const { t } = useTranslation('settings')
  const { canAdminister } = useSession()
  const owned = keysOfModel(provider, model)
  const name = model.model
  return (
    <li>
      <div className="flex h-9 items-center gap-2">
        <span className="min-w-0 flex-1 truncate font-mono text-s">{name}</span>
        <Chip>{t(`models.types.${model.model_type}`)}</Chip>
        {canAdminister && (
          <div className="flex gap-0.5">
            <IconButton size="s" label={t('models.addKeyOf', { name })} onClick={() => onKey(null)}>
              <KeyRound size={13} aria-hidden />
            </IconButton>
            {owned.keys.length === 1 && (
              <IconButton size="s" label={t('models.editModel', { name })} onClick={() => onKey(owned.currentId)}>
                <Pencil size={13} aria-hidden />
              </IconButton>
            )}
            <IconButton size="s" label={t('models.removeModel', { name })} onClick={onRemove}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </div>
        )}
      </div>
      {owned.keys.length > 1 && (
        <div className="ml-3">
          <KeyList keys={owned} title={t('models.keys.titleOf', { name })} ownerName={name} hasLead={hasLead} onEdit={onKey} />
        </div>
      )}
    </li>
  )
}
